"""A quarter of a year as people read it."""

from datetime import date, datetime

from bot.core.hours import AMSTERDAM

MONTHS = 3
NAMES = (
    "januari tot en met maart",
    "april tot en met juni",
    "juli tot en met september",
    "oktober tot en met december",
)


def quarter_of(now: datetime) -> str:
    """The quarter in Amsterdam, as 2026-4.

    Args:
        now: aware.
    """
    day = now.astimezone(AMSTERDAM)
    return f"{day.year}-{(day.month + MONTHS - 1) // MONTHS}"


def words(quarter: str) -> str:
    """The quarter's months and year in Dutch.

    Args:
        quarter: as 2026-4.
    """
    year, number = map(int, quarter.split("-"))
    return f"{NAMES[number - 1]} {year}"


def first_day_after(quarter: str) -> date:
    """The day from which the quarter is over."""
    year, number = map(int, quarter.split("-"))
    return date(year + number // 4, number % 4 * MONTHS + 1, 1)
