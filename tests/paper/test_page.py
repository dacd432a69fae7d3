"""The page on paper, read back from the PDF."""

import re

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.paper.letters import SIGN, Letters
from bot.paper.page import page
from tests.core.test_briefing import INVITED
from tests.core.test_summary import a_record
from tests.lives_of_chance import QUESTIONS, hiding, lines_on, made_on, mark, page_of, records
from tests.talking import TEXTS

OTHER = "zie het scherm"
NOTE = TEXTS.raw("utter_page_letters").text
TOPICS = dict.fromkeys(("wellbeing", "housing", "work"), True)
ORDINARY = {
    "goals_first": {"text": "Ik wil eerst een droog huis, beneden."},
    "goals_why": "feel_better",
    "goals_need": "practical_help",
    "goals_step": "make_plan",
    "meeting_discuss": "housing",
    "meeting_avoid": "past",
    "meeting_company": "family_friend",
    "meeting_alone": "yes",
    "wellbeing_week": "bad",
    "wellbeing_good": "outside",
    "wellbeing_need": "rest",
    "housing_place": "bad",
    "housing_hard": "cold_damp",
    "housing_wish": "other_place",
    "work_wish": "few_hours",
    "work_kind": "animals",
    "work_hard": "no_rest",
    "work_need": "own_pace",
    "meeting_how": "office",
    "menu": "topics:housing,work",
}
LONG = "ik heb dit al zo vaak verteld en het is een lang verhaal " * 70  # 4,000 characters


def printed(record, shared="Gedeeld op 29 november 2026"):
    return page(page_of(record), shared, Letters(OTHER, NOTE))


def sheets(pdf):
    return [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)]


def words(pdf):
    return re.sub(r"\s+", " ", " ".join(sheets(pdf)))


def test_an_ordinary_talk_is_one_sheet_with_every_line_and_every_sentence():
    record = a_record(topics=TOPICS, **ORDINARY) | {"invitation": INVITED}
    pdf, made = printed(record), page_of(record)

    assert len(sheets(pdf)) == 1
    assert [
        one["text"]
        for one in [*lines_on(made), *made_on(made), *made["meeting"]["facts"]]
        if one["text"] not in words(pdf)
    ] == []
    assert [
        one for one in [*made["agreed"], *made["foot"], "Gedeeld op 29 november 2026"] if one not in words(pdf)
    ] == []


def test_a_page_with_one_line_is_one_sheet_with_its_boxes():
    pdf = printed(a_record(preferences_like="music"))

    assert len(sheets(pdf)) == 1
    assert "Ik houd van muziek." in words(pdf)
    assert words(pdf).count("Wat spreken we af?") == 2


@pytest.mark.slow
def test_thirty_long_answers_flow_on_and_none_is_cut():
    slots = {
        question: {"text": f"{mark(question)} {LONG[:3900]} eind{mark(question)}"} for question in list(QUESTIONS)[:30]
    }
    shared = {topic.topic: True for topic in QUESTIONS.values()}
    record = a_record(topics=shared, health_consent="health_yes", **slots)
    pdf = printed(record)

    assert len(sheets(pdf)) > 20
    said = words(pdf).replace(" ", "")
    assert [line["lineId"] for line in lines_on(page_of(record)) if f"eind{mark(line['lineId'])}" not in said] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("أريد بيتا جافا", f"[{OTHER}]"),
        ("ሓድሽ ገዛ እደሊ", f"[{OTHER}]"),
        ("rust 🙂🏽 graag 🙂", f"rust {SIGN} graag {SIGN}"),
        ("ik wil בית", f"ik wil [{OTHER}]"),
        ("Żaneta, Şükrü, đời, дім, ñ, e\u0301", "Żaneta, Şükrü, đời, дім, ñ, é"),
        ("een\u0000 regel\u200d", "een regel"),
    ],
)
def test_letters_that_paper_lacks_leave_a_sign_and_those_it_has_stay(said, shown):
    letters = Letters(OTHER, NOTE)

    assert letters.shown(said) == shown
    assert letters.were_lacking is (SIGN in shown or OTHER in shown)


def test_the_foot_tells_where_the_lacking_letters_are():
    assert NOTE in words(printed(a_record(goals_first={"text": "أريد بيتا جافا"})))
    assert NOTE not in words(printed(a_record(goals_first="home")))


def test_a_word_without_end_does_not_break_the_page():
    assert len(sheets(printed(a_record(goals_first={"text": "x" * 4000})))) >= 1


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records(), st.sets(st.sampled_from(sorted(QUESTIONS)), min_size=1, max_size=6))
def test_no_paper_holds_a_word_of_a_hidden_line(record, some):
    said = words(printed(hiding(record, some))).replace(" ", "")

    assert [question for question in some if mark(question) in said] == []
