"""Looking back on a meeting that is over: when that is asked, and what becomes of answers about an earlier one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core import terms
from bot.core.hours import AMSTERDAM
from bot.core.route import Route
from bot.core.state import given
from bot.core.talk import EARLIER, Talk, line_about

Record = Mapping[str, Any]
ENDS = ("shared", "end")  # steps that wait for ever, so nothing of them is left to be answered first
INTERRUPTS = ("erasing", "paused", "health_words", "doubt")


def meeting_over(record: Record, now: datetime) -> str | None:
    """The day (ISO) of the meeting whose time has come; None where none is known, or it is still to come.

    An invitation knows the hour, as long as the person has not told another day.

    Args:
        now: aware.
    """
    day = terms.meeting_of(record)
    if day is None:
        return None
    told = (record.get("invitation") or {}).get("meetingAt")
    start = datetime.fromisoformat(told) if told else None
    begins = start if start and start.astimezone(AMSTERDAM).date() == day else terms.end_of(day)
    return day.isoformat() if now >= begins else None


def turned(record: Record, route: Route, now: datetime) -> dict[str, Any]:
    """What changes in the record because a meeting is over: mostly nothing, and nothing while one is asked about.

    Answers about the meeting before it, and what the person did with their lines, stay under `<question>-<day>`.

    Returns:
        The new `tracker` and `edits`, or an empty dict.
    """
    slots = record["tracker"]["slots"]
    over = meeting_over(record, now)
    if not given(record, "consent") or slots.get("met") == over or route.looks_back(route.next(Talk(slots)).id):
        return {}
    moved = _moved(slots, route)
    kept = {name: slot for name, slot in slots.items() if name not in {*route.looking_back, "met"}}
    earlier = {**Talk(slots).earlier, **{line: slots[question] for question, line in moved.items()}}
    new = {"met": over, EARLIER: earlier}
    edits = {moved.get(line, line): edit for line, edit in record.get("edits", {}).items()}
    return {
        "tracker": {**record["tracker"], "slots": {**kept, **{name: slot for name, slot in new.items() if slot}}},
        "edits": edits,
    }


def holding_on(slots: Mapping[str, Any], before: Mapping[str, Any], route: Route) -> dict[str, Any]:
    """The slots with which a message still answers the question that its person saw, and looking back comes next.

    Args:
        before: the slots as they were when that question was asked.
    """
    asked = route.next(Talk(before)).id
    is_held = asked in ENDS or before.get("cursor") or any(before.get(flag) for flag in INTERRUPTS)
    return {**slots} if is_held else {**slots, "cursor": asked}


def is_put_off(slots: Mapping[str, Any], route: Route) -> bool:
    """Whether a step that has no answer yet goes before looking back, as `holding_on` let it."""
    talk, cursor = Talk(slots), slots.get("cursor")
    return cursor is not None and not talk.has_answer(cursor) and route.looks_back(route.next(talk).id)


def _moved(slots: Mapping[str, Any], route: Route) -> dict[str, str]:
    """The line of its own that each answer about the last meeting gets, by question."""
    talk, met = Talk(slots), slots.get("met")
    answers = {question: talk.answer(question) for question in route.looking_back}
    return {
        question: line_about(question, met)
        for question, answer in answers.items()
        if met and answer and not answer.skipped
    }
