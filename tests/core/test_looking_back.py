"""Looking back on a meeting: only after it, before what else waits, and no answer about an earlier one is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import summary
from bot.core.answering import leave_summary
from bot.core.looking_back import holding_on, meeting_over, turned
from bot.core.talk import Answer, Talk
from tests.talking import ROUTE, TEXTS, after, begun, tapped_to, taps, walk

DAY = "2026-03-20"
AFTER = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)


def a_record(talk: Talk, **more):
    yes = {"name": "consent", "given": True}
    return {"tracker": {"slots": dict(talk.slots), "loop": None}, "consents": [yes], "meeting": DAY, **more}


def back(talk: Talk, now: datetime = AFTER, **more) -> Talk:
    """The talk when its person comes back at this moment."""
    record = a_record(talk, **more)
    return Talk({**record, **turned(record, ROUTE, now)}["tracker"]["slots"])


def lines_of(talk: Talk, **more):
    sections = summary.build(a_record(talk, **more), ROUTE.questionnaire, TEXTS)
    return {line["lineId"]: line for section in sections if section["topic"] == "after" for line in section["lines"]}


@pytest.mark.parametrize(
    ("now", "invitation", "is_over"),
    [
        ("2026-03-20T22:58:00+00:00", None, False),  # still that day in Amsterdam
        ("2026-03-20T23:00:00+00:00", None, True),
        ("2026-03-20T09:59:59+01:00", {"meetingAt": "2026-03-20T10:00:00+01:00"}, False),
        ("2026-03-20T10:00:00+01:00", {"meetingAt": "2026-03-20T10:00:00+01:00"}, True),
        ("2026-03-20T10:00:00+01:00", {"meetingAt": "2026-03-12T10:00:00+01:00"}, False),  # the person told a later day
    ],
)
def test_a_meeting_is_over_from_its_hour_or_else_from_the_end_of_its_day(now, invitation, is_over):
    record = a_record(begun(), invitation=invitation)

    assert (meeting_over(record, datetime.fromisoformat(now)) == DAY) is is_over


def test_without_a_day_nothing_is_ever_asked():
    assert turned(a_record(begun(), meeting=None), ROUTE, AFTER + timedelta(days=900)) == {}


def test_before_the_first_yes_nothing_is_asked():
    assert turned({**a_record(Talk({})), "consents": []}, ROUTE, AFTER) == {}


def test_before_the_meeting_nothing_of_it_is_on_the_route():
    assert not set(ROUTE.looking_back) & set(ROUTE.steps(back(tapped_to("shared"), AFTER - timedelta(days=2))))


@pytest.mark.parametrize("step", ["goals_first", "summary", "share", "numbers", "end"])
def test_who_comes_back_is_asked_about_the_meeting_first_and_then_what_waited(step):
    talk = back(tapped_to(step) if step != "end" else walk(tapped_to("numbers"), "numbers_no"))

    assert ROUTE.waiting(talk).id == "after_discussed"
    assert ROUTE.waiting(walk(talk, "yes", "yes")).id in (step, "shared")


def test_words_that_wait_for_a_yes_wait_on():
    waiting = Talk({**tapped_to("goals_first").slots, "doubt": {"text": "rust", "question": "goals_first"}})

    assert ROUTE.waiting(back(waiting)).id == "doubt"
    assert ROUTE.waiting(walk(back(waiting), "as_answer")).id == "after_discussed"


def test_a_message_still_answers_the_question_that_was_seen():
    before = tapped_to("goals_first")
    held = Talk(holding_on(back(before).slots, before.slots, ROUTE))

    assert taps(held, "rest").says == ()
    assert walk(held, "rest").said("goals_first", "rest")
    assert ROUTE.waiting(walk(held, "rest")).id == "after_discussed"


def test_a_meeting_that_was_held_needs_no_preparing_and_one_that_was_not_does():
    talk = back(tapped_to("meeting_avoid"))

    assert ROUTE.waiting(walk(talk, "yes", "yes")).id == "summary"
    assert ROUTE.waiting(walk(talk, "not_held")).id == "meeting_avoid"
    assert "meeting_discuss" in set(ROUTE.steps(walk(talk, "yes", "yes")))


def test_skipping_the_first_question_skips_the_second():
    talk = back(tapped_to("summary"))
    skipped = Talk({**talk.slots, "after_discussed": Answer(skipped=True).slot()})

    assert ROUTE.waiting(skipped).id == "summary"
    assert lines_of(skipped) == {}


def test_the_lines_start_hidden_and_can_go_along():
    talk = walk(back(tapped_to("summary")), "partly", "no")

    assert {line["shared"] for line in lines_of(talk).values()} == {False}
    assert {line["shared"] for line in lines_of(talk, topicsShared={"after": True}).values()} == {True}


def test_after_a_next_meeting_the_answers_about_the_first_stay_with_their_day_and_their_edits():
    first = walk(back(tapped_to("summary")), "partly", "little")
    record = a_record(first, meeting="2026-04-10", edits={"after_step": {"of": "x", "shared": False}})
    record |= turned(record, ROUTE, AFTER + timedelta(days=30))
    again = walk(Talk(record["tracker"]["slots"]), "no")

    shown = lines_of(again)
    assert [*shown] == ["after_discussed", "after_discussed-2026-03-20", "after_step-2026-03-20"]
    assert shown["after_discussed-2026-03-20"]["label"] == "Is besproken wat ik wilde (20-03-2026)"
    assert record["edits"] == {"after_step-2026-03-20": {"of": "x", "shared": False}}


def test_a_new_day_takes_no_question_away_that_was_seen():
    asked = back(tapped_to("summary"))

    assert turned(a_record(asked, meeting="2026-04-10"), ROUTE, AFTER) == {}


def test_looking_at_the_page_half_way_leads_back_to_looking_back():
    talk = back(tapped_to("summary"))
    looking = after(talk, leave_summary("continue", talk, ROUTE))

    assert ROUTE.waiting(looking).id == "after_discussed"
