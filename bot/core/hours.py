"""Opening hours in Amsterdam time: is it open now, and when does it open next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ALWAYS = "always"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
LOOK_AHEAD = 14  # days; the longest row of closed days (Christmas with its weekends) is shorter


@dataclass(frozen=True)
class Period:
    """One stretch of opening hours.

    Args:
        days: days of the week on which it starts, 0 is Monday.
        opens, closes: times of the day; `closes` before `opens` means the next morning.
    """

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class Hours:
    """When somebody answers.

    Args:
        always: day and night, holidays too.
        periods: otherwise the stretches of the week.
        closed_on: dates on which no stretch starts.
    """

    always: bool = False
    periods: tuple[Period, ...] = ()
    closed_on: frozenset[date] = frozenset()

    @classmethod
    def read(cls, raw: Any, closed_on: Iterable[date] = ()) -> "Hours":
        """Make hours from YAML: `always`, or a list of {days, from, until}.

        Raises:
            KeyError, ValueError: a day or a time cannot be read.
        """
        if raw == ALWAYS:
            return cls(always=True)
        return cls(periods=tuple(_period(one) for one in raw), closed_on=frozenset(closed_on))

    def is_open(self, at: datetime) -> bool:
        """Whether somebody answers at this moment (any time zone)."""
        here = at.astimezone(AMSTERDAM)
        return self.always or any(self._covers(period, here) for period in self.periods)

    def next_opening(self, at: datetime) -> datetime | None:
        """The first moment after `at` at which it opens, in Amsterdam time; None if there is none."""
        here = at.astimezone(AMSTERDAM)
        starts = (start for days in range(LOOK_AHEAD) for start in self._starts(here.date() + timedelta(days)))
        return min((start for start in starts if start > here), default=None)

    def _starts(self, day: date) -> Iterable[datetime]:
        if day in self.closed_on:
            return ()
        return (datetime.combine(day, one.opens, AMSTERDAM) for one in self.periods if day.weekday() in one.days)

    def _covers(self, period: Period, here: datetime) -> bool:
        now, today, yesterday = here.time(), here.date(), here.date() - timedelta(1)
        if period.opens < period.closes:
            return self._starts_on(period, today) and period.opens <= now < period.closes
        from_evening = self._starts_on(period, today) and now >= period.opens
        return from_evening or (self._starts_on(period, yesterday) and now < period.closes)

    def _starts_on(self, period: Period, day: date) -> bool:
        return day.weekday() in period.days and day not in self.closed_on


def in_words(moment: datetime, at: datetime) -> str:
    """A coming moment as people say it, to follow "vanaf": "morgen 9.00 uur", "maandag 8.30 uur".

    Args:
        moment: the moment to name, in Amsterdam time, within a week or so.
        at: now.
    """
    ahead = (moment.date() - at.astimezone(AMSTERDAM).date()).days
    near = {0: "vandaag", 1: "morgen"}
    day = near.get(ahead, DAY_NAMES[moment.weekday()] if ahead < len(DAYS) else f"{moment.day}-{moment.month}")
    return f"{day} {moment.hour}.{moment.minute:02} uur"


def _period(raw: Mapping[str, Any]) -> Period:
    days = frozenset(DAYS.index(day) for day in raw["days"])
    return Period(days, _time(raw["from"]), _time(raw["until"]))


def _time(words: str) -> time:
    # midnight as an end: the stretch then ends where the next day begins
    return time.fromisoformat("00:00" if words == "24:00" else words)
