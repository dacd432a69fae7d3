"""What the bot says: plain, kind, and never a question that the design forbids."""

import re

import pytest

from tests.talking import ROUTE, TEXTS

# design, sections 1 and 2; tone.md
UNWANTED = re.compile(
    r"\b(klant\w*|cliënt\w*|kansrijk\w*|kansarm\w*|zelfredzaam\w*|afstand tot de arbeidsmarkt)\b"
    r"|\b(u moet|procent|geheim)\b|%",
    re.IGNORECASE,
)
FORBIDDEN = {
    "a diagnosis": r"\b(diagnose|welke ziekte hebt|depressie|diabetes|kanker|burn-?out|adhd|autisme|ptss)\b",
    "a medicine": r"\b(welke medicijnen|pillen|paracetamol|antidepressiv\w*|insuline)\b",
    "an amount": r"€|\b\d+ euro\b|\bhoeveel (geld|schuld|verdient|krijgt|euro)\b",
    "somebody's name": r"\bhoe heet\b|\bwat is (de|uw) naam\b|\bnaam van\b",
    "an address or number": r"\bwat is uw (adres|bsn|postcode|telefoonnummer)\b",
    "living together": r"\b(met wie woont|woont u samen|samenwon\w*|mijn vriend woont|blijft slapen|elke nacht)\b",
    "gifts": r"\b(cadeau\w*|gift\w*|geld van (mijn|familie|een vriend)|boodschappen van)\b",
    "helping in a shop": r"\b(help\w* in (de|een) (winkel|zaak)|in de winkel van|zwart)\b",
    "travel": r"\b(vakantie|buitenland|op reis|vliegen|naar (turkije|marokko|syrië|polen))\b",
    "sales": r"\b(verkoop\w*|marktplaats|vinted)\b",
    "a cause": r"\bwaarom (hebt|heeft|bent|doet|deed) u (niet|nooit|geen)\b",
}
DENIALS = re.compile(r"^(ik vraag (ook )?(niet|geen)|noem (dus )?geen|u hoeft)", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCE.split(text) if part.strip()]


def all_sentences() -> list[tuple[str, str]]:
    texts = [TEXTS, TEXTS.on("whatsapp")]
    said = [(key, said.raw(key).text) for said in texts for key in said]
    said += [(key, line) for key in TEXTS for line in TEXTS.raw(key).lines.values()]
    return [(key, sentence) for key, text in said for sentence in sentences(text)]


@pytest.mark.parametrize("thing", FORBIDDEN)
def test_no_question_explanation_or_example_leads_to_what_may_not_be_asked(thing):
    """Saying that it is not asked ("Ik vraag niet …") is allowed, and wanted."""
    for question in ROUTE.questionnaire.questions.values():
        asked = TEXTS.raw("utter_ask_" + question.id)
        texts = [asked.text, *(TEXTS.raw(k).text for k in (question.explain, question.why, question.example))]
        for sentence in [s for text in [*texts, *asked.lines.values()] for s in sentences(text)]:
            assert DENIALS.match(sentence) or not re.search(FORBIDDEN[thing], sentence, re.IGNORECASE), sentence


def test_the_forbidding_sees_what_it_must():
    assert re.search(FORBIDDEN["living together"], "Met wie woont u?", re.IGNORECASE)
    assert re.search(FORBIDDEN["an amount"], "Hoeveel geld hebt u?", re.IGNORECASE)


def test_no_sentence_is_longer_than_fifteen_words():
    assert [(key, s) for key, s in all_sentences() if len(s.split()) > 15] == []


def test_sentences_have_at_most_ten_words_on_average():
    lengths = [len(sentence.split()) for _, sentence in all_sentences()]

    assert sum(lengths) / len(lengths) <= 10


def test_no_text_uses_a_word_we_do_not_use():
    assert [(key, s) for key, s in all_sentences() if UNWANTED.search(s)] == []


def test_telephone_numbers_come_from_the_file_of_help_lines_alone():
    assert [(key, s) for key, s in all_sentences() if re.search(r"\b(112|113|0[89]00|0\d{2})\b", s)] == []


def test_button_titles_fit_a_phone_and_whatsapp():
    for key in TEXTS:
        titles = [choice.label for choice in TEXTS.raw(key).choices]
        assert all(len(title) <= 20 for title in titles), (key, titles)
        if key != "utter_navigation":
            assert len(set(titles)) == len(titles), key


def test_the_first_message_says_that_this_is_a_computer_and_voluntary():
    for channel in ("web", "whatsapp"):
        welcome = TEXTS.on(channel).raw("utter_welcome").text

        assert "computer" in welcome
        assert "hoeft niet" in welcome
        assert "{municipality_phone}" in welcome


def test_what_the_municipality_may_do_stands_before_sharing():
    assert "mag het gebruiken" in TEXTS.raw("utter_ask_share").text
