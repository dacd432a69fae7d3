"""Days and times in Dutch words, in Amsterdam time."""

from datetime import date, datetime

from bot.core.hours import AMSTERDAM, DAY_NAMES

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """A day as people say it: "dinsdag 8 december"."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def time_in_words(moment: datetime) -> str:
    """The time of an aware moment, to follow "om": "10.30 uur"."""
    here = moment.astimezone(AMSTERDAM)
    return f"{here.hour}.{here.minute:02} uur"


def day_of(moment: datetime) -> date:
    """On which day an aware moment is in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()
