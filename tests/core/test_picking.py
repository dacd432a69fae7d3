"""Pages of chosen lines: what was chosen stays, and nothing comes beside it."""

import pytest

from bot.core import picking, summary
from bot.core.errors import LinesUnknown
from tests.core.test_summary import QUESTIONNAIRE, TEXTS, a_record

WEEK, GOAL = "wellbeing_week", "goals_first"


def page(record):
    return summary.build(record, QUESTIONNAIRE, TEXTS)


def seen(record, chosen):
    return [line["text"] for part in picking.picked(record, page(record), chosen) for line in part["lines"]]


def chosen_in(record, *lines):
    return picking.marks(record, page(record), lines)


def test_what_was_chosen_is_seen_although_it_goes_nowhere_else():
    record = a_record(wellbeing_week={"text": "Ik was moe."}, goals_first="home")

    assert seen(record, chosen_in(record, WEEK)) == ["Ik was moe."]


def test_other_words_for_the_same_answer_follow():
    record = a_record(wellbeing_week={"text": "Ik was moe."})
    chosen = chosen_in(record, WEEK)
    record["edits"] = {WEEK: {"text": "Het was zwaar.", "of": chosen[WEEK]}}

    assert seen(record, chosen) == ["Het was zwaar."]


def test_another_answer_is_another_line_and_leaves_the_page():
    chosen = chosen_in(a_record(wellbeing_week={"text": "Ik was moe."}), WEEK)

    assert seen(a_record(wellbeing_week={"text": "Ik ben ziek."}), chosen) == []


def test_another_answer_stays_where_it_would_go_along_anyway():
    chosen = chosen_in(a_record(wellbeing_week={"text": "Ik was moe."}, goals_first="home"), WEEK, GOAL)
    later = a_record(topics={"wellbeing": True}, wellbeing_week={"text": "Nu goed."}, goals_first={"text": "Rust."})

    assert seen(later, chosen) == ["Rust.", "Nu goed."]


def test_a_removed_line_cannot_be_chosen_and_is_not_seen():
    record = a_record(wellbeing_week={"text": "Ik was moe."})
    chosen = chosen_in(record, WEEK)
    record["edits"] = {WEEK: {"removed": True, "of": chosen[WEEK]}}

    assert seen(record, chosen) == []
    with pytest.raises(LinesUnknown) as wrong:
        chosen_in(record, WEEK)
    assert wrong.value.lines == (WEEK,)


def test_a_line_chosen_twice_stands_there_once():
    record = a_record(wellbeing_week={"text": "Ik was moe."})

    assert seen(record, chosen_in(record, WEEK, WEEK)) == ["Ik was moe."]
