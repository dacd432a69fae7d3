"""Dates, times and amounts: which date is somebody's birthday, and which numbers say nothing about who it is."""

import re
from collections.abc import Iterator
from functools import cache

from bot.sense.nearby import after, any_of, before, is_near, last_place, pattern
from bot.sense.numbers import Span
from bot.sense.spoken import Part, below_hundred, days, number_at, rows, years

BIRTH = "[geboortedatum]"
BIRTH_YEARS = range(1920, 2016)  # grown-ups, and the children that they may speak of
APART = r"(?<!\d)(?<!\d[ ./\-])"
NUMERIC = re.compile(APART + r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?['’]?(\d{4}|\d{2})(?![\d]|[-/.]\d)")
SPACED = re.compile(APART + r"(\d{1,2}) (\d{1,2}) ((?:19|20)\d{2}|\d{2})(?! ?\d)")
ISO = re.compile(APART + r"((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d]|[-/.]\d)")
SOLID = re.compile(r"(?<![\d ])\d{8}(?!\d)|(?<=[^\d] )\d{8}(?! ?\d)")
DAY_AND_MONTH = re.compile(r"(?<![\d./\-])(\d{1,2})[-/](\d{1,2})(?![\d/\-]|\.\d)")
TIME = re.compile(r"(?<![\d.])\d{1,2}[:.][0-5]\d(?!\d|\.\d)(?: ?uur)?")
AMOUNT = re.compile(
    r"(?:€|(?<![^\W\d_])euro?) ?\d{1,3}(?:[. ]?\d{3})?(?:,(?:\d{2}|-))?(?! ?\d)"
    r"|(?<!\d)(?<!\d )\d{1,6}(?:,\d{2}|,-)? ?(?:€|euro)"
)
LAST_CENTURY = 40  # '40 and later was then: nobody tells of the year 2040
DAY = re.compile(
    r"(?:(?<!\d)(\d{1,2})(?:e|ste|de)?|([^\W\d_]{3,20}(?: en [^\W\d_]{4,12})?))(?: ?(?:van )?|[-./])$", re.IGNORECASE
)
IS_NAME = re.compile(r"Jan (?=[A-Z])")  # "2e Jan Steenstraat"
DAY_REACH = 40
YEAR = re.compile(r"(?:,? ?|[-./])['’]?(\d{4}|\d{2})(?!\d)(?! ?(?:uur|euro|jaar|mensen|personen))", re.IGNORECASE)
AFTER = re.compile(
    r",? (?:(?:ben|bin|is|was|werd|zijn|waren) (?:\w{1,12} ){0,2})?(?:jarig|geboren|gebore|bevallen|ter wereld)\b"
    r"|,? (?:is|was|dat is|da's|als) (?:mijn|me|m'n|mn|zijn|haar|de|onze) (?:geboorte|verjaar|geb)"
    r"| wordt? (?:ik|hij|zij|ze|(?:mijn|me|onze) \w{2,15}) (?:al )?\d{1,2}\b",
    re.IGNORECASE,
)
AND = re.compile(r",? (?:en|&) (?:van |op |de )?", re.IGNORECASE)  # "zijn van 3 mei 2018 en 4 juni 2020"
RANGE = re.compile(r" ?(?:tot|t/m|tm|–) ", re.IGNORECASE)
# "op 3 mei 1998 ben ik naar Nederland gekomen" tells of something else
EVENT = re.compile(
    r" (?:kwam|ging|begon|trouwde|overleed|stierf|vluchtte|verhuisde|stopte|moest|kreeg|dat (?:ik|we|hij|zij|ze))\b",
    re.IGNORECASE,
)
EVENT_AT_END = re.compile(
    r".{0,40} (?:ben|is|was|zijn|heb|heeft|had|werd) .{0,60}?\b"
    r"(?:ge|over|ver|be|ont)(?!boren)[^\W\d_]{2,12}(?:d|t|en)\b",
    re.IGNORECASE,
)
EVENT_YEARS = 1975  # before it, "op" with a date is more often a birth than what somebody here has gone through
ON_DAY = re.compile(r"(?:^|[\s(])(?:op|in|vanaf)(?: de)? $", re.IGNORECASE)
BRACKET_REACH = 16  # "mijn dochter Aya (3-5-2018)"
NO_BIRTH_REACH = 14  # characters: the word right before the date
FROM = re.compile(r"\b(?:ben|bin|zin|is|zijn|bennen|komt?)(?: ook| nog| al)? (?:van|vom|fan)(?: de)? $", re.IGNORECASE)

Date = tuple[int, int, int | None]  # where it begins and ends, and its year


def dates(text: str) -> Iterator[tuple[Span, str | None]]:
    """Where dates, times and amounts stand; a birth date with its tag, the others with None."""
    yield from _whole_dates(text)
    yield from ((span, BIRTH) for span in _only_as_birth(text))
    for numbers in (AMOUNT, TIME):
        yield from ((found.span(), None) for found in numbers.finditer(text))


def _whole_dates(text: str) -> Iterator[tuple[Span, str | None]]:
    birth_end: int | None = None
    for start, end, year in sorted((*_in_digits(text), *_in_words(text)), key=lambda date: date[:2]):
        follows = birth_end is not None and AND.fullmatch(text, birth_end, start) is not None
        is_birth = follows or _is_birth(text, (start, end), year)
        birth_end = end if is_birth else None
        yield (start, end), BIRTH if is_birth else None


def _only_as_birth(text: str) -> Iterator[Span]:
    """What is no date unless a birth was announced: "geb. 04081966", "jarig op 3/5", "geboren twaalf drie tachtig"."""
    for found in SOLID.finditer(text):
        if _is_solid_date(found[0]) and is_near("birth_words", text, found.start()):
            yield found.span()
    for found in DAY_AND_MONTH.finditer(text):
        if _is_day(found[1], found[2]) and is_near("birth_words", text, found.start(), NO_BIRTH_REACH):
            yield found.span()
    for row in rows(text, fewest=2):
        end = _said_date(text, row)
        if end and is_near("birth_words", text, row[0].start):
            yield row[0].start, end


def _in_digits(text: str) -> Iterator[Date]:
    for found in NUMERIC.finditer(text):
        if _is_day(found[1], found[3]):
            yield *found.span(), _year(found[4])
    for found in SPACED.finditer(text):
        is_whole = len(found[3]) == 4 or is_near("birth_words", text, found.start())
        if is_whole and _is_day(found[1], found[2]):
            yield *found.span(), _year(found[3])
    for found in ISO.finditer(text):
        if _is_day(found[3], found[2]):
            yield *found.span(), int(found[1])


def _in_words(text: str) -> Iterator[Date]:
    """Dates with the name of a month; the day and the year may be words too."""
    for month in _months().finditer(text):
        day = DAY.search(text, max(0, month.start() - DAY_REACH), month.start())
        start = _day_start(day) if day else None
        if start is not None and not IS_NAME.match(text, month.start()):
            end, year = _year_behind(text, month.end())
            yield start, end, year


def _day_start(day: re.Match[str]) -> int | None:
    if day[1]:
        return day.start(1)
    said = day[2].lower()
    if said.replace(" ", "") in days():
        return day.start(2)
    last = said.rsplit(" ", 1)[-1]  # the words before it were none of the number
    return day.end(2) - len(last) if last in days() else None


def _year_behind(text: str, end: int) -> tuple[int, int | None]:
    """Where a date ends and which year it has, typed or in words."""
    typed = YEAR.match(text, end)
    if typed:
        return typed.end(), _year(typed[1])
    if text[end : end + 1] != " ":
        return end, None
    said = number_at(text, end + 1, years()) or number_at(text, end + 1, _short_years())
    return (said[1], said[0]) if said else (end, None)


@cache
def _short_years() -> dict[str, int]:
    return {name: 1900 + number for name, number in below_hundred().items() if number >= LAST_CENTURY}


def _said_date(text: str, row: list[Part]) -> int | None:
    """Where a birth date in words only ends: "twaalf drie negentienhonderd tachtig"."""
    numbers = [part for part in row if part.digits != "0"]  # "nul drie" is March too
    if len(numbers) < 2 or not _is_day(numbers[0].digits, numbers[1].digits):
        return None
    behind = number_at(text, numbers[1].end + 1, years())
    if behind:
        return behind[1]
    return numbers[2].end if len(numbers) == 3 and len(numbers[2].digits) in (2, 4) else None


def _is_day(first: str, second: str) -> bool:
    day, month = sorted((int(first), int(second)), reverse=True)  # some write the month first
    return 1 <= month <= 12 and 1 <= day <= 31


def _is_solid_date(digits: str) -> bool:
    """Whether eight digits can be a day, month and year, in this order or turned."""
    return any(
        _is_day(day, month) and int(year) in range(1920, 2040)
        for day, month, year in ((digits[:2], digits[2:4], digits[4:]), (digits[6:], digits[4:6], digits[:4]))
    )


def _year(written: str | None) -> int | None:
    """The year as four digits; None when two digits may be a year of this century."""
    if not written:
        return None
    return int(written) if len(written) == 4 else 1900 + int(written) if int(written) >= LAST_CENTURY else None


def _is_birth(text: str, span: Span, year: int | None) -> bool:
    start, end = span
    if AFTER.match(text, end):
        return True
    said = before(text, start)
    announced = last_place("birth_words", said)
    if announced > last_place("no_birth_words", said):
        return not _is_next_thing(text, span, year, len(said) - announced)
    in_brackets = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    if in_brackets and is_near("family_words", text, start, BRACKET_REACH):
        return True
    if FROM.search(text, max(0, start - 20), start) and is_near("family_words", text, start):
        return year not in BIRTH_YEARS or not _is_event(text, start, end, year or 0)
    return year in BIRTH_YEARS and not _is_event(text, start, end, year or 0)


def _is_next_thing(text: str, span: Span, year: int | None, since: int) -> bool:
    """Whether a date no longer belongs to the birth before it: "geboren in Oss en op 12 maart heb ik een gesprek"."""
    on_a_day = ON_DAY.search(text, max(0, span[0] - 12), span[0]) is not None
    later = pattern("no_birth_words").search(after(text, span[1])) is not None
    return year not in BIRTH_YEARS and on_a_day and since > len(" op de ") and later


def _is_event(text: str, start: int, end: int, year: int) -> bool:
    """Whether the words around a date of long ago tell what happened then."""
    reach = NO_BIRTH_REACH if FROM.search(text, max(0, start - 20), start) is None else NO_BIRTH_REACH * 2
    if is_near("no_birth_words", text, start, reach) or RANGE.match(text, end):
        return True
    if pattern("birth_words").search(after(text, end, 80)):
        return False
    on_a_day = ON_DAY.search(text, max(0, start - 12), start) is not None
    told = EVENT_AT_END.match(text, end) is not None or year >= EVENT_YEARS
    return EVENT.match(text, end) is not None or (on_a_day and told)


@cache
def _months() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{any_of('months')})\b\.?", re.IGNORECASE)
