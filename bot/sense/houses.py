"""Reads a house number and what belongs to it: "nr 12b", "101-3", "77 1hoog", "5-II", "233 bus 4", "vierentwintig"."""

import re

from bot.sense.nearby import words
from bot.sense.spoken import below_thousand, number_at

CALLED = r"(?:(?:op )?(?:nr|nummer|numer|no|huisnr|huisnummer)\.?:? ?)"
QUARTER = r"(?: (?:noord|zuid|oost|west|achter|binnen|buiten|noordzijde|zuidzijde|nz|zz|oz|wz|[nzow]\.?z\.?)\b)?"
TYPED = re.compile(
    rf"{QUARTER}(?: {{1,2}}|, ?|(?=\d)){CALLED}?(\d{{1,4}})(?![\d€%]|[.:]\d|,\d{{1,2}}(?!\d))", re.IGNORECASE
)
SAID = re.compile(rf"{QUARTER} {{1,2}}({CALLED})?(?=[^\W\d_])", re.IGNORECASE)
ADDITION = re.compile(
    r"(?: ?[-/] ?| |, ?(?=(?:app|apt|appartement|bus)\b))?(?:"
    r"(?:\d{1,2}|een|één|twee|drie|vier|i{1,3}) ?-? ?hoog(?: ?-? ?(?:voor|achter)(?! \w))?"
    r"|(?:bus|app|apt|appartement|unit|kamer)\.? ?[a-z]?\d{1,4}|bus [a-z]"
    r"|(?:hs|bis|zwart|zw|rood|rd|bg|sous|souterrain)(?: ?[a-z])?|-huis"
    r"|(?:boven|beneden|achter|voor|huis)(?=\s*(?:$|[,.;!?)]))"
    r"|i{1,3}|iv|vi{0,3}|[a-z]{1,2}-?\d{1,3}|[a-z]"
    r")(?![\w'’]|-\w)",
    re.IGNORECASE,
)
DASHED = re.compile(r" ?[-/] ?\d{1,4}(?!\w|[.:,]\d)")
MOST_ADDITIONS = 3
UNIT_AFTER = re.compile(r"\s{0,9}([^\W\d_]+|%|€)")
BETWEEN_NUMBERS = re.compile(r"\s{0,9}bij\s{0,9}\d")  # "3 bij 4"; "Kerkstraat 12 bij de kerk" is an address


def house_end(text: str, at: int) -> int | None:
    """Where the house number ends that follows a street.

    Args:
        text: the text, what was found earlier covered.
        at: where the name of the street ends.

    Returns:
        The end with all additions; None when no house number follows, or the number counts something.
    """
    typed = TYPED.match(text, at)
    end = typed.end() if typed else _said_end(text, at)
    return None if end is None or counts(text, end) else addition_end(text, end)


def _said_end(text: str, at: int) -> int | None:
    lead = SAID.match(text, at)
    said = number_at(text, lead.end(), below_thousand()) if lead else None
    if lead is None or said is None or (said[0] < 2 and lead[1] is None):  # "een" is no number
        return None
    return said[1]


def addition_end(text: str, end: int) -> int:
    """Where a house number ends with what was added to it."""
    for _ in range(MOST_ADDITIONS):
        added = ADDITION.match(text, end) or DASHED.match(text, end)
        if added is None or added.end() == end:
            break
        end = added.end()
    return end


def counts(text: str, end: int) -> bool:
    """Whether a number counts what follows: "12 jaar", "3 bij 4"."""
    after = UNIT_AFTER.match(text, end)
    return after is not None and (after[1].lower() in words()["units"] or BETWEEN_NUMBERS.match(text, end) is not None)
