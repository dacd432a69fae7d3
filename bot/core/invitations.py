"""What an invitation to a meeting must be: who invites, where they get mail, when it is, and the office's own mark."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.core.errors import Fault
from bot.core.hours import AMSTERDAM
from bot.core.moments import day_in_words, day_of, time_in_words
from bot.core.terms import can_be_meeting

FIELDS = ("contactName", "contactEmail", "meetingAt", "reference")
LONGEST_NAME = 60  # characters
LONGEST_MARK = 30  # characters
# One plain address, as RFC 5321 bounds it (64, 254) and narrower: what quotes, comments and other alphabets would allow
# is where tricks with headers begin.
LONGEST_ADDRESS = 254
ADDRESS = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9_+-][A-Za-z0-9_+'-]*(?:\.[A-Za-z0-9_+'-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
MARK = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./-]*[A-Za-z0-9])?")
MOMENT = re.compile(r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
CARD = "uitnodiging"  # the word behind "#" in the address of a card, and before "=" and its token

TellsWho = Callable[[str], bool]


@dataclass(frozen=True)
class Invited:
    """An invitation as it was asked for, checked.

    Args:
        contact_name, contact_email: of the contact person.
        meeting_at: when the meeting is, in Amsterdam time.
        reference: the municipality's own mark of the case.
    """

    contact_name: str
    contact_email: str
    meeting_at: datetime
    reference: str

    def json(self) -> dict[str, str]:
        """As the store seals it, and as the record of a talk holds it."""
        moment = self.meeting_at.isoformat(timespec="minutes")
        return dict(zip(FIELDS, (self.contact_name, self.contact_email, moment, self.reference), strict=True))


def read(given: Mapping[str, Any], now: datetime, tells_who: TellsWho) -> Invited | list[Fault]:
    """Check what was filled in.

    Args:
        given: the four fields, as text.
        now: aware; the meeting is after it.
        tells_who: whether a mark tells who somebody is (a BSN, a name, an address).

    Returns:
        The invitation, or everything that is wrong with it.
    """
    name, address, moment, mark = (_text(given.get(field)) for field in FIELDS)
    at = _moment(moment)
    faults = [
        _fault("contactName", _wrong_name(name)),
        _fault("contactEmail", _wrong_address(address)),
        _fault("meetingAt", _wrong_moment(at, now) if isinstance(at, datetime) else at),
        _fault("reference", _wrong_mark(mark, tells_who)),
    ]
    found = [fault for fault in faults if fault]
    return found if found or not isinstance(at, datetime) else Invited(name, address, at, mark)


def meeting_at(invitation: Mapping[str, Any]) -> datetime:
    """When the meeting of an invitation is, in Amsterdam time.

    Args:
        invitation: as the record of a talk holds it.
    """
    return datetime.fromisoformat(invitation["meetingAt"]).astimezone(AMSTERDAM)


def meeting_day(invitation: Mapping[str, Any]) -> date:
    """On which day the meeting of an invitation is."""
    return day_of(meeting_at(invitation))


def words_of(invitation: Mapping[str, Any]) -> dict[str, str | int]:
    """With whom and when, in Dutch words, for the texts that say it."""
    at = meeting_at(invitation)
    return {"contact": invitation["contactName"], "day": day_in_words(at), "time": time_in_words(at)}


def address_of(site: str, token: str) -> str:
    """The address on a card: its token stands behind "#", so that no server on the way reads it."""
    return f"{site}/#{CARD}={token}"


def _text(value: Any) -> str:
    return value.strip(" ") if isinstance(value, str) else ""


def _fault(field: str, key: str | None) -> Fault | None:
    return Fault(field, key) if key else None


def _wrong_name(name: str) -> str | None:
    is_name = name.isprintable() and len(name) <= LONGEST_NAME and any(sign.isalpha() for sign in name)
    return None if is_name else "contact_name"


def _wrong_address(address: str) -> str | None:
    return None if len(address) <= LONGEST_ADDRESS and ADDRESS.fullmatch(address) else "contact_email"


def _wrong_mark(mark: str, tells_who: TellsWho) -> str | None:
    if len(mark) > LONGEST_MARK or not MARK.fullmatch(mark):
        return "reference"
    return "reference_tells_who" if tells_who(mark) else None


def _moment(text: str) -> datetime | str:
    """The moment in Amsterdam time, or what is wrong with it."""
    parts = MOMENT.fullmatch(text)
    try:
        bare = datetime.fromisoformat(f"{parts[1]}T{parts[2]}") if parts else None
        if not parts or bare is None:
            return "meeting_at"
        return _in_zone(bare, parts[3]) if parts[3] else _without_zone(bare)
    except ValueError:  # 30 February, 25:00, +99:99
        return "meeting_at"


def _without_zone(bare: datetime) -> datetime | str:
    first, second = (bare.replace(tzinfo=AMSTERDAM, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    # In the night that summer time begins, an hour is skipped; in the night that it ends, one comes twice.
    is_skipped = first.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != bare
    return "meeting_skipped" if is_skipped else "meeting_twice"


def _in_zone(bare: datetime, zone: str) -> datetime | str:
    given = datetime.fromisoformat(bare.isoformat() + zone)
    here = given.astimezone(AMSTERDAM)
    return here if zone == "Z" or here.utcoffset() == given.utcoffset() else "meeting_zone"


def _wrong_moment(at: datetime, now: datetime) -> str | None:
    if at <= now:
        return "meeting_past"
    return None if can_be_meeting(at.date(), now, now) else "meeting_late"
