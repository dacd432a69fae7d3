"""How the finder of names is taught."""

from bot.sense.learning_names import NAMES, labels, read, unmarked
from bot.sense.name_words import tokenize


def test_the_marks_go_and_the_places_stay():
    text, names = unmarked("ik ken ⟦Fatima El Amrani⟧ en ⟦jan⟧s broer")

    assert text == "ik ken Fatima El Amrani en jans broer"
    assert [text[start:end] for start, end in names] == ["Fatima El Amrani", "jan"]


def test_each_word_is_told_to_begin_a_name_to_go_on_or_neither():
    text, names = unmarked("⟦Ans⟧ ⟦Bep⟧ en ⟦Fatima El Amrani⟧ bellen")

    assert list(labels(list(tokenize(text)), names)) == ["B", "B", "O", "B", "I", "I", "O"]


def test_every_sentence_has_its_marks_in_pairs():
    assert not [text for text, _ in read(NAMES) if "⟦" in text or "⟧" in text]
