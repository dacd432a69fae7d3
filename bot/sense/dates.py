"""Dates, times and amounts: which date is somebody's birthday, and which numbers say nothing about who it is."""

import re
from collections.abc import Iterator
from functools import cache

from bot.sense.numbers import Span, is_near, words

BIRTH_YEARS = range(1920, 2016)  # grown-ups, and the children that they may speak of
APART = r"(?<!\d)(?<!\d[ ./\-])"
NUMERIC = re.compile(APART + r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?['’]?(\d{4}|\d{2})(?![\d]|[-/.]\d)")
SPACED = re.compile(APART + r"(\d{1,2}) (\d{1,2}) ((?:19|20)\d{2})(?! ?\d)")
ISO = re.compile(APART + r"((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d]|[-/.]\d)")
SOLID = re.compile(r"(?<![\d ])\d{8}(?!\d)|(?<=[^\d] )\d{8}(?! ?\d)")
TIME = re.compile(r"(?<![\d.])\d{1,2}[:.][0-5]\d(?!\d|\.\d)(?: ?uur)?")
AMOUNT = re.compile(
    r"(?:€|eur|euro) ?\d{1,3}(?:[. ]?\d{3})?(?:,(?:\d{2}|-))?(?! ?\d)"
    r"|(?<!\d)(?<!\d )\d{1,6}(?:,\d{2}|,-)? ?(?:€|euro)"
)
LAST_CENTURY = 40  # '40 and later was then: nobody tells of the year 2040
AFTER = re.compile(
    r" (?:ben ik|is hij|is ze|is zij|was ik|zijn we) (?:jarig|geboren)| is mijn (?:geboorte|verjaar)", re.IGNORECASE
)
NO_BIRTH_REACH = 14  # characters: the word right before the date


def dates(text: str) -> Iterator[tuple[Span, str | None]]:
    """Where dates, times and amounts stand; a birth date with its tag, the others with None."""
    for found, year in _dates(text):
        yield found.span(), "[geboortedatum]" if _is_birth(text, found.span(), year) else None
    for found in SOLID.finditer(text):
        if is_near("birth_words", text, found.start()):
            yield found.span(), "[geboortedatum]"
    for pattern in (AMOUNT, TIME):
        for found in pattern.finditer(text):
            yield found.span(), None


def _dates(text: str) -> Iterator[tuple[re.Match[str], int | None]]:
    for found in NUMERIC.finditer(text):
        if _is_day(found[1], found[3]):
            yield found, _year(found[4])
    for found in SPACED.finditer(text):
        if _is_day(found[1], found[2]):
            yield found, int(found[3])
    for found in ISO.finditer(text):
        if _is_day(found[3], found[2]):
            yield found, int(found[1])
    for found in _in_words().finditer(text):
        yield found, _year(found[1])


def _is_day(first: str, second: str) -> bool:
    day, month = sorted((int(first), int(second)), reverse=True)  # some write the month first
    return 1 <= month <= 12 and 1 <= day <= 31


def _year(written: str | None) -> int | None:
    """The year as four digits; None when two digits may be a year of this century."""
    if not written:
        return None
    return int(written) if len(written) == 4 else 1900 + int(written) if int(written) >= LAST_CENTURY else None


def _is_birth(text: str, span: Span, year: int | None) -> bool:
    start, end = span
    if is_near("birth_words", text, start) or AFTER.match(text, end):
        return True
    return year in BIRTH_YEARS and not is_near("no_birth_words", text, start, NO_BIRTH_REACH)


@cache
def _in_words() -> re.Pattern[str]:
    months = "|".join(sorted(words()["months"], key=len, reverse=True))
    year = r"(?:,? ?['’]?(\d{4}|\d{2})(?!\d))?"
    return re.compile(rf"(?<!\d)\d{{1,2}}(?:e|ste|de)? ?(?:{months})\b\.?{year}", re.IGNORECASE)
