"""Who helps with what, at this hour: the help lines and the municipality's own facts and numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.core.errors import VoorgesprekError
from bot.core.hours import Hours, in_words

CONTENT = Path(__file__).parent.parent / "content"
HELPLINES, MUNICIPALITY = CONTENT / "helplines.yml", CONTENT / "municipality.yml"
NEEDED = ("name", "phone", "hours", "hours_words", "change_form", "independent_help", "independent_help_phone")
MUNICIPAL = {"shelter": "Geen plek voor vannacht", "urgent": "Geen eten of licht"}

# What cannot wait a minute comes first; the order is the one of the texts of the first reply.
PRECEDENCE = ("medical_emergency", "violence", "child_danger", "suicide", "self_harm", "homeless_tonight", "acute_need")
FIRST = {
    "medical_emergency": "utter_help_medical_emergency",
    "violence": "utter_help_violence",
    "child_danger": "utter_help_child_danger",
    "suicide": "utter_help_suicide",
    "self_harm": "utter_help_self_harm",
    "homeless_tonight": "utter_help_homeless_tonight",
    "acute_need": "utter_help_acute_need",
}
AGAIN = {
    "medical_emergency": "utter_help_medical_emergency_again",
    "violence": "utter_help_violence_again",
    "child_danger": "utter_help_child_danger_again",
    "suicide": "utter_help_suicide_again",
    "self_harm": "utter_help_self_harm_again",
    "homeless_tonight": "utter_help_homeless_tonight_again",
    "acute_need": "utter_help_acute_need_again",
}
CLOSED = {
    "homeless_tonight": ("shelter", "utter_help_shelter_closed"),
    "acute_need": ("urgent", "utter_help_urgent_closed"),
}
EVERYTHING = "utter_help_now"  # somebody asked for help without saying for what


class HelpUnreadable(VoorgesprekError):
    """A file of help lines or of municipal facts cannot be used; the message says what is lacking."""


@dataclass(frozen=True)
class Line:
    """One number that people can call.

    Args:
        id: its name in `helplines.yml`.
        name: the service's own name.
        purpose: when to call it, in plain Dutch.
        number: as it is shown; None when the municipality has none.
        also: other numbers of the same line.
        discreet: whether the panel leaves out the service's name.
        cost: free, local, paid or unknown.
    """

    id: str
    name: str
    purpose: str
    number: str | None
    hours: Hours
    hours_words: str = ""
    also: tuple[str, ...] = ()
    website: str | None = None
    discreet: bool = False
    cost: str = "unknown"
    status: str = "check"
    verified_on: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Help:
    """What one can tell and call.

    Args:
        lines: every line by its id; `shelter` and `urgent` are the municipality's own.
        signals: the ids of the lines that help with a signal, the first to call first.
        panel: the ids of the lines that "Hulp nu" shows, in order.
        municipality: its own facts, as in `municipality.yml`.
        office: when the municipality's own number is answered.
    """

    lines: Mapping[str, Line]
    signals: Mapping[str, tuple[str, ...]]
    panel: tuple[str, ...]
    municipality: Mapping[str, Any] = field(repr=False)
    office: Hours = field(default_factory=Hours)

    def number(self, line: str, at: datetime | None = None) -> str | None:
        """The line's number if somebody answers at this moment, else None."""
        found = self.lines[line]
        return found.number if is_open(found, at or _now()) else None

    @property
    def public_numbers(self) -> frozenset[str]:
        """The digits of every number in the files: no person's own, so masking leaves them."""
        own = (self.municipality["phone"], self.municipality["independent_help_phone"])
        known = (number for line in self.lines.values() for number in (line.number, *line.also))
        return frozenset(digits(number) for number in (*own, *known) if number)

    def municipality_is_open(self, at: datetime | None = None) -> bool:
        """Whether the municipality's own number is answered at this moment (default now)."""
        return self.office.is_open(at or _now())

    def placeholders(self, at: datetime | None = None) -> dict[str, str | None]:
        """A value for every placeholder of the texts; None drops the sentence that needs it.

        Args:
            at: the moment for which numbers must be open; default now.
        """
        at = at or _now()
        opening = None if self.municipality_is_open(at) else self.office.next_opening(at)
        return {
            "municipality_name": self.municipality["name"],
            "municipality_phone": self.municipality["phone"],
            "municipality_hours": self.municipality["hours_words"],
            "municipality_opens": in_words(opening, at) if opening else None,
            "change_form": self.municipality["change_form"],
            "independent_help": self.municipality["independent_help"],
            "independent_help_phone": self.municipality["independent_help_phone"],
            "emergency_phone": self.number("emergency", at),
            "suicide_phone": self.number("suicide", at),
            "suicide_site": self.lines["suicide"].website,
            "safe_home_phone": self.number("safe_home", at),
            "listen_phone": self.number("listen", at),
            "money_phone": self.number("money", at),
            "shelter_phone": self.number("shelter", at),
            "urgent_phone": self.number("urgent", at),
        }

    def help_keys(self, signals: Iterable[str], at: datetime | None = None, seen: Iterable[str] = ()) -> list[str]:
        """The texts to say for these signals, in order.

        The first signal gives its whole text once; a second time, and for each further signal, only the numbers.

        Args:
            signals: from `bot.sense`; none of them known means that somebody just asked for help.
            at: the moment, default now.
            seen: signals whose whole text was said before in this conversation.
        """
        found, before = in_order(signals), set(seen)
        if not found:
            return [EVERYTHING]
        first, *others = found
        keys = [AGAIN[first] if first in before else FIRST[first], *(AGAIN[other] for other in others)]
        return keys + self._closed(found, at)[:1]  # one word about closed doors is enough

    def _closed(self, signals: Sequence[str], at: datetime | None) -> list[str]:
        doors = (CLOSED[signal] for signal in signals if signal in CLOSED)
        return [key for line, key in doors if self.number(line, at) is None]

    def lines_open_now(self, at: datetime | None = None) -> list[dict[str, str]]:
        """The panel "Hulp nu": per line that is open its purpose (name), number, digits (tel), hours, note, website."""
        shown = (self.lines[name] for name in self.panel)
        return [_panel(line) for line in shown if is_open(line, at or _now())]

    def missing(self) -> list[str]:
        """What a municipality still has to fill in: `municipality` (all is example), `shelter`, `urgent`."""
        lacking = [name for name in MUNICIPAL if not self.lines[name].number]
        return [*(["municipality"] if self.municipality.get("example") else []), *lacking]


def is_open(line: Line, at: datetime) -> bool:
    """Whether somebody answers this line at this moment (any time zone)."""
    return line.number is not None and line.hours.is_open(at)


def in_order(signals: Iterable[str]) -> list[str]:
    """The known signals, once each, the most urgent first."""
    found = set(signals)
    return [signal for signal in PRECEDENCE if signal in found]


@cache
def load(municipality: Path | None = None, helplines: Path = HELPLINES) -> Help:
    """Read the help lines and the municipality's facts; each pair of files is read once.

    Args:
        municipality: the municipality's own file (MUNICIPALITY_FILE), default the example that ships with the bot.

    Raises:
        HelpUnreadable: a fact is missing, or a line or its hours cannot be read.
    """
    facts = _read(municipality or MUNICIPALITY)
    lacking = [key for key in NEEDED if key not in facts]
    if lacking:
        raise HelpUnreadable(f"{municipality or MUNICIPALITY} lacks: {', '.join(lacking)}")
    try:
        return _help(_read(helplines), facts)
    except (KeyError, TypeError, ValueError) as error:
        raise HelpUnreadable(f"{helplines} or {municipality or MUNICIPALITY}: {error!r}") from error


def _help(raw: Mapping[str, Any], facts: Mapping[str, Any]) -> Help:
    closed_on = facts.get("closed_on", ())
    own = [_municipal(name, facts.get(name), closed_on) for name in MUNICIPAL]
    lines = {line.id: line for line in [*(_line(one) for one in raw["lines"]), *own]}
    signals = {signal: tuple(raw["signals"][signal]) for signal in PRECEDENCE}
    return Help(lines, signals, tuple(raw["panel"]), facts, Hours.read(facts["hours"], closed_on))


def _line(raw: Mapping[str, Any]) -> Line:
    known = {key: raw[key] for key in Line.__dataclass_fields__ if key in raw}
    lists = {"also": tuple(raw.get("also", ())), "sources": tuple(raw["sources"])}
    return Line(**{**known, **lists, "hours": Hours.read(raw["hours"])})


def _municipal(name: str, raw: Mapping[str, Any] | None, closed_on: Iterable[date]) -> Line:
    raw = raw or {}
    hours = Hours.read(raw.get("hours", ()), closed_on)
    return Line(name, "", MUNICIPAL[name], raw.get("phone"), hours, hours_words=raw.get("hours_words", ""))


def _panel(line: Line) -> dict[str, str]:
    note = "" if line.discreet else line.name
    shown = {"name": line.purpose, "number": line.number or "", "tel": digits(line.number or ""), "note": note}
    return {**shown, "hours": line.hours_words, **({"website": line.website} if line.website else {})}


def digits(number: str) -> str:
    """Only the digits of a telephone number."""
    return "".join(sign for sign in number if sign.isdigit())


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise HelpUnreadable(f"{path} cannot be read: {error}") from error


def _now() -> datetime:
    return datetime.now(UTC)
