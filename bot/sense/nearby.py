"""What the words shortly before or after a place in a text speak of."""

import re
from functools import cache
from typing import Any

from bot.sense.phrases import read

# a full stop after "geb" or "tel" shortens the word and ends no sentence
SENTENCE_END = re.compile(r"[!?\n]|(?<!\bgeb)(?<!\btel)(?<!\bdat)(?<!\bmob)(?<!nr)(?<!\b[A-Za-z])\.\s", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
NEAR = 40  # characters before a number in which a word still speaks about it


@cache
def words() -> Any:
    """The word lists of `masking.yml`."""
    return read("masking.yml")


@cache
def any_of(name: str) -> str:
    """The words of one list as alternatives in a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words()[name], key=len, reverse=True))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Finds the words of one list, whole and in any case."""
    return re.compile(rf"(?<![^\W_])(?:{any_of(name)})(?![^\W\d_])", re.IGNORECASE)


def before(text: str, start: int, reach: int = NEAR) -> str:
    """The part of the same sentence shortly before a place."""
    return SENTENCE_END.split(text[max(0, start - reach) : start])[-1]


def after(text: str, end: int, reach: int = NEAR) -> str:
    """The part of the same sentence shortly after a place."""
    return SENTENCE_END.split(text[end : end + reach])[0]


def is_near(name: str, text: str, start: int, reach: int = NEAR) -> bool:
    """Whether a word of this list stands shortly before a place, in the same sentence."""
    # looked for before the sentence is cut off, as most numbers have no such word near
    if not has_word(name, text, max(0, start - reach), start):
        return False
    return pattern(name).search(before(text, start, reach)) is not None


def has_word(name: str, text: str, start: int, end: int) -> bool:
    """Whether a word of this list stands between two places, in whatever sentence."""
    return LETTER.search(text, start, end) is not None and pattern(name).search(text, start, end) is not None


def last_place(name: str, said: str) -> int:
    """Where the last word of this list ends in these words; -1 when there is none."""
    return max((found.end() for found in pattern(name).finditer(said)), default=-1)
