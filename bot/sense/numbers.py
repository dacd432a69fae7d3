"""Numbers that point to one person: which digits are a BSN, an account, a telephone."""

import re
from collections.abc import Collection, Iterator
from functools import cache, cached_property
from typing import Any

from bot.sense.phrases import read

Span = tuple[int, int]

# Between the digits of one number people put spaces, dots and dashes, also ones that cannot be seen.
GLUE = r"[ .\-–—/\u00a0\u2009\u202f\u200b-\u200f\u2060\ufeff]{0,3}"
RUN = re.compile(rf"(?<!\d)\+?\d(?:{GLUE}\(?\d\)?)*")
SENTENCE_END = re.compile(r"[!?\n]|\.\s")
LETTER = re.compile(r"[^\W\d_]")
GROUP = re.compile(r"\+?\d+")
# how many digits people write together; other ways to cut nine digits are too likely to be two numbers
BSN_SHAPES = {(9,), (3, 3, 3), (4, 2, 3), (4, 5), (5, 4), (3, 6), (6, 3), (2, 3, 4), (4, 3, 2), (3, 4, 2), (2, 4, 3)}
BSN_SHAPES |= {(2, 2, 2, 3), (3, 2, 2, 2), (2, 2, 2, 2, 1), (1, 2, 2, 2, 2), (1,) * 9}
IBAN_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ .-]?(\d{2})(?=[ .-]{0,2}[A-Za-z0-9])")
IBAN_SIGN = re.compile(r"[ .\-\u00a0\u200b]{0,2}([A-Za-z0-9])")
DUTCH_IBAN = re.compile(r"NL\d{2}[A-Z]{4}\d{8,11}")
SERVICE = re.compile(r"0800\d{4,7}|090[069]\d{4,7}|14\d{3,4}")  # of companies and municipalities: nobody's own
FEWEST, MOST = 7, 20  # digits of a number that points to somebody
NEAR = 40  # characters before a number in which a word still speaks about it


@cache
def words() -> Any:
    """The word lists of `masking.yml`."""
    return read("masking.yml")


@cache
def _near(name: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words()[name], key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W\d_])", re.IGNORECASE)


def is_near(name: str, text: str, start: int, reach: int = NEAR) -> bool:
    """Whether a word of this list stands shortly before a place, in the same sentence."""
    before = SENTENCE_END.split(text[max(0, start - reach) : start])[-1]
    return LETTER.search(before) is not None and _near(name).search(before) is not None


class Place:
    """Where a number begins, and what the words before it speak of."""

    def __init__(self, text: str, start: int) -> None:
        """Remember the place; the words are only looked at when asked for."""
        self.text, self.start = text, start

    @cached_property
    def speaks_of_bsn(self) -> bool:
        """Whether a BSN was announced."""
        return is_near("bsn_words", self.text, self.start)

    @cached_property
    def speaks_of_account(self) -> bool:
        """Whether a bank account was announced."""
        return is_near("account_words", self.text, self.start)

    @cached_property
    def speaks_of_phone(self) -> bool:
        """Whether a telephone was announced."""
        return is_near("phone_words", self.text, self.start)


def is_bsn(number: str) -> bool:
    """The 11-proof of the burgerservicenummer: weights 9 to 2 and -1, the sum a multiple of 11 (RvIG)."""
    if len(number) != 9 or not int(number):
        return False
    weighed = sum(weight * int(digit) for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), number, strict=True))
    return weighed % 11 == 0


def is_iban(account: str) -> bool:
    """The mod 97 proof of an account number (ISO 13616), letters in upper case and no spaces."""
    turned = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def ibans(text: str) -> Iterator[Span]:
    """Where account numbers stand: proven ones of any country, and what looks Dutch enough without proof."""
    for start in IBAN_START.finditer(text):
        end = _iban_end(text, start)
        if end:
            yield start.start(), end


def _iban_end(text: str, start: re.Match[str]) -> int | None:
    country = start[1].upper()
    length = words()["iban_lengths"].get(country)
    if length is None:
        return None
    account, end = f"{country}{int(start[2]):02}", start.end()
    while len(account) < length:
        sign = IBAN_SIGN.match(text, end)
        if sign is None or not sign[1].isascii():
            break
        account, end = account + sign[1].upper(), sign.end()
    proven = len(account) == length and is_iban(account)
    return end if proven or DUTCH_IBAN.fullmatch(account) else None


def numbers(text: str, public: Collection[str]) -> Iterator[tuple[Span, str]]:
    """Where BSNs, telephones, accounts and codes of digits stand, each with its tag.

    Args:
        text: the raw text, with dates, times and amounts covered.
        public: the digits of numbers that may stay: help lines and the municipality's own.
    """
    for run in RUN.finditer(text):
        yield from _in_run(text, run, public)


def _in_run(text: str, run: re.Match[str], public: Collection[str]) -> Iterator[tuple[Span, str]]:
    groups = [(run.start() + one.start(), run.start() + one.end()) for one in GROUP.finditer(run[0])]
    values = [_digits(text[start:end]) for start, end in groups]
    at = 0
    while at < len(groups):
        size, tag = _best(Place(text, groups[at][0]), values[at : at + MOST], public)
        if tag:
            yield (groups[at][0], groups[at + size - 1][1]), tag
        at += size


def _digits(group: str) -> str:
    return "".join(sign if sign == "+" else str(int(sign)) for sign in group)  # also Arabic and full-width digits


def _best(place: Place, groups: list[str], public: Collection[str]) -> tuple[int, str]:
    """How many groups of digits from here are one number, and its tag; "" for one that may stay."""
    shape = [len(group.lstrip("+")) for group in groups]
    for size in range(len(groups), 0, -1):
        if FEWEST <= sum(shape[:size]) <= MOST:
            number = "".join(groups[:size])
            if number in public or SERVICE.fullmatch(number):
                return size, ""
            tag = next((tag for is_one, tag in TESTS if is_one(place, number, tuple(shape[:size]))), None)
            if tag:
                return size, tag
    return 1, ""


def _looks_bsn(place: Place, number: str, shape: tuple[int, ...]) -> bool:
    if not number.isdigit() or len(number) not in (8, 9):
        return False
    return place.speaks_of_bsn or (shape in BSN_SHAPES and is_bsn(number))


def _looks_account(place: Place, number: str, shape: tuple[int, ...]) -> bool:
    return 7 <= len(number) <= 10 and number.isdigit() and place.speaks_of_account


def _looks_phone(place: Place, number: str, shape: tuple[int, ...]) -> bool:
    if PHONE.fullmatch(number):
        return True
    return BARE_PHONE.fullmatch(number) is not None and place.speaks_of_phone


def _looks_code(place: Place, number: str, shape: tuple[int, ...]) -> bool:
    # four groups of four: the person's own resume code, or the number of a bank card
    return shape in ((4, 4, 4, 4), (16,)) and number.isdigit()


PHONE = re.compile(
    r"06\d{7,8}"  # mobile; one digit may be forgotten
    r"|0(?:[1-57]\d|8[458])\d{7}"  # landline, and of companies
    r"|(?:\+|00)310?[1-9]\d{8}"
    r"|31[06]?6\d{8}"  # as WhatsApp shows it
    r"|(?:\+|00)[1-9]\d{7,13}"  # abroad
)
BARE_PHONE = re.compile(r"(?:31|32|49|90|212|48|963)?[1-9]\d{7,9}")  # without the 0 or + it begins with
TESTS = ((_looks_account, "[iban]"), (_looks_bsn, "[bsn]"), (_looks_phone, "[telefoon]"), (_looks_code, "[wachtwoord]"))
