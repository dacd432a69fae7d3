"""Where Dutch postcodes stand, and which digits with two letters are a year or a measure."""

import re
from collections.abc import Iterator

from bot.sense.nearby import words
from bot.sense.numbers import Span

POSTCODE = re.compile(r"(?<![\w€])(?<!\d-)([1-9]\d{3})(\s{0,2}-?)([A-Za-z]{2})(?![\w]|['’\-]\w)")
LEAD = re.compile(r"(?:postcode|postkode|poskode|pc)\b[ :=]{0,2}(?:is )?$", re.IGNORECASE)
YEAR_LEAD = re.compile(r"\b(in|sinds|vanaf|eind|begin|medio|jaar|zomer|voor|na|rond|tot)\s{1,2}$", re.IGNORECASE)
TOWN_BEHIND = re.compile(r",? ?(?:in )?[A-Z]|\s{0,9}(?:[.,;!?)]|$)| (?:is|heb|woon|staat|in)\b")
RECENT = range(1900, 2040)
NEVER_ISSUED = {"SA", "SD", "SS"}  # PostNL gives out no postcodes with these letters
MEASURES = {"km", "kg", "mg", "cm", "mm", "ml", "gr", "kw", "pk", "cc", "mb", "gb"}


def postcodes(text: str) -> Iterator[tuple[Span, str]]:
    """Where Dutch postcodes stand."""
    for found in POSTCODE.finditer(text):
        if _is_postcode(text, found) and not _is_year(text, found):
            yield found.span(), "[postcode]"


def _is_postcode(text: str, found: re.Match[str]) -> bool:
    digits, between, letters = found.groups()
    low = letters.lower()
    is_word = low in words()["no_postcode_letters"] or low in MEASURES
    if letters.upper() in NEVER_ISSUED or (is_word and int(digits) in RECENT):
        return False
    if low in MEASURES and int(digits) % 50 == 0:
        return False
    if letters.isupper():
        return True
    is_doubtful = "-" in between and not LEAD.search(text, max(0, found.start() - 20), found.start())
    return not ((is_word and (between or low in MEASURES)) or is_doubtful)


def _is_year(text: str, found: re.Match[str]) -> bool:
    """Whether "in 2010 WW" tells of a year; "in 2011 AB Haarlem" does not."""
    if int(found[1]) not in RECENT or not found[2]:
        return False
    lead = YEAR_LEAD.search(text, max(0, found.start() - 12), found.start())
    return lead is not None and (lead[1].lower() != "in" or not TOWN_BEHIND.match(text, found.end()))
