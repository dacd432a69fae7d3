"""The little language of phrases, and the spelling that it forgives."""

import pytest

from bot.sense.folding import fold, plain
from bot.sense.phrases import Phrase, Phrases, sentences


def holds(written, words, **groups):
    return any(Phrase(written, groups).span(sentence) for sentence in sentences(words))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("slapen", "slaape"), ("zelfmoord", "selfmoort"), ("echt", "egt"), ("mijn", "mein"), ("niet", "nied")],
)
def test_words_that_sound_alike_are_one(right, wrong):
    assert fold(right) == fold(wrong)


@pytest.mark.parametrize(
    ("one", "other"), [("slapen", "slagen"), ("dood", "doe"), ("huis", "huid"), ("geslagen", "geslapen")]
)
def test_words_that_sound_different_stay_apart(one, other):
    assert fold(one) != fold(other)


def test_accents_and_invisible_signs_are_left_out():
    assert plain("Éé\u200bn m’n") == "een mn"


def test_a_phrase_matches_whole_words_only():
    assert holds("dood", "ik ga dood")
    assert not holds("dood", "doodmoe")
    assert holds("dood*", "doodmoe")
    assert holds("*schuld", "huurschuld")


def test_a_gap_leaves_room_for_words_but_not_for_a_denial():
    assert holds("wil .. dood", "ik wil nu echt dood")
    assert not holds("wil .. dood", "ik wil echt niet dood")
    assert holds("wil ... dood", "ik wil echt niet dood")


def test_a_phrase_does_not_cross_the_end_of_a_sentence():
    assert not holds("wil .. dood", "ik wil. de plant is dood")


def test_optional_words_and_groups_of_words():
    assert holds("ik [wil] slapen", "ik slapen")
    assert holds("mijn <kid> huilt", "mijn zoontje huilt", kid="zoontje dochtertje")


def test_parts_match_in_any_order_but_near_each_other():
    assert holds("man & slaat", "hij slaat, die man")
    assert not holds("man & slaat", "mijn man " + "is heel lief en aardig " * 6 + "en hij slaat")


def test_the_ends_of_a_sentence_can_be_named():
    assert holds("kan niet meer $", "ik kan niet meer!")
    assert not holds("kan niet meer $", "ik kan niet meer werken")


def test_what_is_harmless_is_made_unreadable():
    assert "dot" not in Phrases("ga dood van de honger").without(sentences("ik ga dood van de honger")[0])
