"""The switches for trouble: what Meta answers, and how it delivers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.channels.whatsapp_phone_errors import CODES, EXPIRED, ONLY_AT_ONCE, TOKEN, Refused

OK, DOWN, HTML = "ok", "down", "html"
MOST = 1000  # repeats or hours


@dataclass
class Trouble:
    """What goes wrong from now on; at first nothing.

    Args:
        answer: `ok`, `down` (the connection breaks), `html` (a page of a proxy, 502), or a code of Meta's as digits.
        next: codes for the messages to come, one each; after that `answer` holds again.
        refuse_later: whether a message is taken first and refused in a status, where Meta may do so.
        offline: whether phones are off, so that nothing gets further than `sent`.
        repeat: how many times more each delivery comes after it was taken.
        out_of_order: whether what happens within a moment is delivered last first.
        batch: whether what happens within a moment is delivered in one request.
        hours_late: how long ago messages were written when they are delivered.
        hours_ahead: how much later it is at Meta than here, for the 24-hour window.
    """

    answer: str = OK
    next: list[int] = field(default_factory=list)
    refuse_later: bool = False
    offline: bool = False
    repeat: int = 0
    out_of_order: bool = False
    batch: bool = False
    hours_late: int = 0
    hours_ahead: int = 0

    def json(self) -> dict[str, Any]:
        """The switches by the names of the API."""
        return {name: getattr(self, field_name) for name, field_name in NAMES.items()}

    def change(self, switches: Mapping[str, Any]) -> None:
        """Turn some switches; all of them or none.

        Raises:
            ValueError: one is unknown, or cannot be turned like this.
        """
        for name, value in switches.items():
            if name not in NAMES or not _fits(name, value):
                raise ValueError(name)
        for name, value in switches.items():
            setattr(self, NAMES[name], value)

    def refuse(self) -> None:
        """Refuse the message at hand when that was asked for.

        Raises:
            Refused: it was.
        """
        code = self.next.pop(0) if self.next else int(self.answer) if self.answer.isdigit() else None
        if code is not None:
            raise Refused(code, subcode=EXPIRED if code == TOKEN else None)

    def comes_later(self, refused: Refused) -> bool:
        """Whether a refusal is told in a status, after the message was taken."""
        return self.refuse_later and refused.code not in ONLY_AT_ONCE

    @property
    def late(self) -> timedelta:
        """How old messages are at their delivery."""
        return timedelta(hours=self.hours_late)

    @property
    def ahead(self) -> timedelta:
        """How much later it is at Meta."""
        return timedelta(hours=self.hours_ahead)


NAMES = {
    "answer": "answer",
    "next": "next",
    "refuseLater": "refuse_later",
    "offline": "offline",
    "repeat": "repeat",
    "outOfOrder": "out_of_order",
    "batch": "batch",
    "hoursLate": "hours_late",
    "hoursAhead": "hours_ahead",
}


def _fits(name: str, value: Any) -> bool:
    if name == "answer":
        return value in (OK, DOWN, HTML) or (isinstance(value, str) and value.isdigit() and int(value) in CODES)
    if name == "next":
        return isinstance(value, list) and all(code in CODES for code in value)
    if isinstance(getattr(Trouble(), NAMES[name]), bool):
        return isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
