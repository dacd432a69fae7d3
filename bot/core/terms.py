"""How long a talk, its shared pages and the token of a phone live.

Source of every term: the promise on the welcome screen (design, sections 2 and 5). AVG, article 5, paragraph 1 (e): no
longer than needed; what is needed is the meeting, and a short while after it to look back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.core.hours import AMSTERDAM
from bot.core.state import given

BEFORE_YES = timedelta(hours=24)  # nothing was said yet that may be kept; a tab may stay open for a day
AFTER_LAST_WORD = timedelta(days=30)
AFTER_MEETING = timedelta(days=14)
SHARE_AFTER_MEETING = timedelta(days=7)
SHARE_WITHOUT_MEETING = timedelta(days=30)
INVITATION_AFTER_MEETING = timedelta(days=7)  # as long as a page that was shared with its contact person
MOST = timedelta(days=90)
REMEMBERED = timedelta(hours=24)  # a phone that may remember the talk


@dataclass(frozen=True)
class Ends:
    """When a talk ends, and when its token does.

    Args:
        talk: from then on nobody can open it, and it is erased.
        token: from then on the resume code is needed; None when the token lives as long as the talk.
    """

    talk: datetime
    token: datetime | None = None


def ends(record: Mapping[str, Any], created: datetime, now: datetime) -> Ends:
    """When a talk with a word said now ends.

    Args:
        record: the conversation's record, with its consents and, when known, `meeting` (ISO date).
        created, now: aware moments.
    """
    if not given(record, "consent"):
        return Ends(created + BEFORE_YES)
    meeting = meeting_of(record)
    talk = end_of(meeting) + AFTER_MEETING if meeting else now + AFTER_LAST_WORD
    token = now + REMEMBERED if given(record, "remember") else None
    return Ends(min(talk, created + MOST), token)


def share_end(record: Mapping[str, Any], shared: datetime, talk_end: datetime) -> datetime:
    """When a shared page closes by itself: never after the talk that it came from.

    Args:
        shared: the moment it was shared, aware.
    """
    meeting = meeting_of(record)
    # who shares only after the meeting does so for somebody who is to read it then
    end = max(end_of(meeting), shared) + SHARE_AFTER_MEETING if meeting else shared + SHARE_WITHOUT_MEETING
    return min(end, talk_end)


def meeting_of(record: Mapping[str, Any]) -> date | None:
    """The day of the meeting, when the person told it."""
    return date.fromisoformat(record["meeting"]) if record.get("meeting") else None


def can_be_meeting(day: date, created: datetime, now: datetime) -> bool:
    """Whether a day can be that of the meeting: not past, and with time left for looking back."""
    latest = (created + MOST - AFTER_MEETING).astimezone(AMSTERDAM).date()
    return now.astimezone(AMSTERDAM).date() <= day < latest


def end_of(day: date) -> datetime:
    """The end of a day in Amsterdam."""
    # A second before midnight: "up to and including" must show the right day.
    return datetime.combine(day, time(23, 59, 59), AMSTERDAM)
