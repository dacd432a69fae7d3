"""Numbers that are written as words: "nul zes twaalf", "vierentwintig", "negentienhonderd tachtig"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.sense.nearby import words

TOKEN = re.compile(r"[^\W\d_]+|\d+")
GAP = re.compile(r"[ ,.\-–]{1,3}")  # between two numbers of one row
JOINT = re.compile(r"[ \-]{1,2}")  # between two words of one number
FEWEST = 3  # numbers in a row; fewer are no telephone and no code
CENTURIES = {"negentienhonderd": 1900, "negentien": 1900, "tweeduizend": 2000, "tweeduizenden": 2000, "twintig": 2000}
YEARS = range(1920, 2030)


@dataclass(frozen=True)
class Part:
    """One number in a row and its place.

    Args:
        digits: as it would be typed.
        is_word: whether it is written in letters.
    """

    start: int
    end: int
    digits: str
    is_word: bool


def rows(text: str, fewest: int = FEWEST) -> Iterator[list[Part]]:
    """Rows of numbers that stand together, at least one of them as a word.

    Args:
        text: the text, what was found earlier covered.
        fewest: how many numbers make a row.
    """
    tokens, at = list(TOKEN.finditer(text)), 0
    row: list[Part] = []
    while at < len(tokens):
        size, part = _part(text, tokens, at)
        if row and (part is None or not GAP.fullmatch(text, row[-1].end, part.start)):
            yield from _worthy(row, fewest)
            row = []
        row += [part] if part else []
        at += size
    yield from _worthy(row, fewest)


def _worthy(row: list[Part], fewest: int) -> Iterator[list[Part]]:
    if len(row) >= fewest and any(part.is_word for part in row):
        yield row


def _part(text: str, tokens: list[re.Match[str]], at: int) -> tuple[int, Part | None]:
    """How many tokens from here are one number, and that number; None for another word."""
    first = tokens[at]
    if first[0].isdecimal():
        return 1, Part(first.start(), first.end(), first[0], is_word=False)
    if first[0].lower() not in below_hundred():
        return 1, None
    in_three = [token[0].lower() for token in tokens[at : at + 3]]  # "vier en twintig"
    if in_three[1:2] == ["en"] and "".join(in_three) in below_hundred():
        return 3, Part(first.start(), tokens[at + 2].end(), str(below_hundred()["".join(in_three)]), is_word=True)
    return 1, Part(first.start(), first.end(), str(below_hundred()[in_three[0]]), is_word=True)


def number_at(text: str, at: int, known: Mapping[str, int], most: int = 4) -> tuple[int, int] | None:
    """The number that begins at this place in one or more words.

    Args:
        text: the whole text.
        at: where its first word begins.
        known: what numbers are called, written together and in lower case.
        most: how many words it may have.

    Returns:
        Its value and where it ends; None when no number begins there.
    """
    joined, end, found = "", at, None
    for _ in range(most):
        word = TOKEN.match(text, end)
        if word is None or word[0].isdecimal():
            break
        joined, here = joined + word[0].lower(), word.end()
        found = (known[joined], here) if joined in known else found
        gap = JOINT.match(text, here)
        if gap is None:
            break
        end = gap.end()
    return found


@cache
def below_hundred() -> dict[str, int]:
    """What the numbers 0 to 99 are called."""
    units: dict[str, int] = words()["number_words"]
    tens: dict[str, int] = words()["tens"]
    both = {
        f"{unit}{joint}{ten}": ones + tenfold
        for unit, ones in units.items()
        for ten, tenfold in tens.items()
        for joint in ("en", "ën", "n")
        if 1 <= ones <= 9
    }
    return {**both, **tens, **units}


@cache
def below_thousand() -> dict[str, int]:
    """What the numbers 1 to 999 are called, as house numbers are."""
    small = below_hundred()
    hundreds = {"honderd": 100} | {f"{name}honderd": value * 100 for name, value in small.items() if 2 <= value <= 9}
    return small | hundreds | {high + low: a + b for high, a in hundreds.items() for low, b in small.items()}


@cache
def years() -> dict[str, int]:
    """What the years of people's lives are called."""
    within = {"": 0} | below_hundred()
    named = {prefix + low: century + value for prefix, century in CENTURIES.items() for low, value in within.items()}
    return {name: year for name, year in named.items() if year in YEARS and name not in below_hundred()}


@cache
def days() -> dict[str, int]:
    """What the days of a month are called: "drie", "derde", "drieëntwintigste"."""
    cardinal = {name: day for name, day in below_hundred().items() if 1 <= day <= 31 and name != "een"}
    ordinal = {name + ending: day for name, day in cardinal.items() for ending in ("de", "ste", "e")}
    others: dict[str, int] = words()["ordinals"]
    return cardinal | ordinal | others
