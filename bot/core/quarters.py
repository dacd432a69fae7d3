"""A quarter of a year as people read it."""

from datetime import date

MONTHS = 3
NAMES = (
    "januari tot en met maart",
    "april tot en met juni",
    "juli tot en met september",
    "oktober tot en met december",
)


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
