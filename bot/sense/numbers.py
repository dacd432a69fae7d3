"""Numbers that point to one person: which digits are a BSN, an account, a telephone."""

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from bot.sense.nearby import after, before, has_word, is_near, last_place, pattern, words
from bot.sense.spoken import rows

Span = tuple[int, int]
Group = tuple[int, int, str]  # where digits stand together, and which


class Row(NamedTuple):
    """Digits that may be one number, how many stand together each time, and where they end."""

    number: str
    shape: tuple[int, ...]
    end: int


# Between the digits of one number people put spaces, dots and dashes, also ones that cannot be seen.
GLUE = r"[ .\-–—/\u00a0\u2009\u202f\u200b-\u200f\u2060\ufeff]{0,3}"
RUN = re.compile(rf"(?<!\d)\+?\d(?:{GLUE}\(?\d\)?)*")
GROUP = re.compile(r"\+?\d+")
# how many digits people write together; other ways to cut nine digits are too likely to be two numbers
BSN_SHAPES = {(9,), (3, 3, 3), (4, 2, 3), (4, 5), (5, 4), (3, 6), (6, 3), (2, 3, 4), (4, 3, 2), (3, 4, 2), (2, 4, 3)}
BSN_SHAPES |= {(3, 2, 4), (1, 4, 4), (4, 4, 1)}
BSN_SHAPES |= {(2, 2, 2, 3), (2, 3, 2, 2), (2, 2, 3, 2), (3, 2, 2, 2), (2, 2, 2, 2, 1), (1, 2, 2, 2, 2), (1,) * 9}
SHORT_SHAPES = {(8,), (4, 4), (2, 2, 2, 2), (2, 3, 3), (3, 3, 2), (3, 2, 3)}  # without the nought in front
IBAN_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ .-]?(\d{2})(?=[ .-]{0,2}[A-Za-z0-9])")
IBAN_SIGN = re.compile(r"[ .\-\u00a0\u200b]{0,2}([A-Za-z0-9])")
DUTCH_IBAN = re.compile(r"NL\d{2}[A-Z]{4}\d{8,11}")
SERVICE = re.compile(r"0800\d{4,7}|090[069]\d{4,7}|14\d{3,4}")  # of companies and municipalities: nobody's own
FEWEST, MOST = 7, 16  # digits of a number that points to somebody
BSN_REACH = 60  # characters: people explain before they give a BSN
BSN_BEHIND = 30
CASE_REACH = 24
YEARS = range(1900, 2041)


class Place:
    """Where a number begins, and what the words around it speak of."""

    def __init__(self, text: str, start: int) -> None:
        """Remember the place; the words are only looked at when asked for."""
        self.text, self.start = text, start

    @cached_property
    def speaks_of_bsn(self) -> bool:
        """Whether a BSN was announced, and nothing else after that."""
        return is_near("bsn_words", self.text, self.start, BSN_REACH) and not self.speaks_of_case

    @cached_property
    def speaks_of_case(self) -> bool:
        """Whether a customer, case or order number was announced, or a code."""
        if not has_word("case_words", self.text, max(0, self.start - CASE_REACH), self.start):
            return False
        said = before(self.text, self.start, CASE_REACH)
        return last_place("case_words", said) > last_place("bsn_words", said)

    @cached_property
    def speaks_of_account(self) -> bool:
        """Whether a bank account was announced."""
        return is_near("account_words", self.text, self.start)

    @cached_property
    def speaks_of_phone(self) -> bool:
        """Whether a telephone was announced."""
        return is_near("phone_words", self.text, self.start)

    def is_called_bsn(self, end: int) -> bool:
        """Whether the words behind it say that it is a BSN, and not that another number is."""
        if not has_word("bsn_words", self.text, end, end + BSN_BEHIND):
            return False
        said = after(self.text, end, BSN_BEHIND)
        called = pattern("bsn_words").search(said)
        return called is not None and not any(sign.isdigit() for sign in after(self.text, end, called.end() + 12))


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
        places = [(run.start() + one.start(), run.start() + one.end()) for one in GROUP.finditer(run[0])]
        yield from _in_row(text, [(*place, _digits(text[slice(*place)])) for place in places], public)
    for row in rows(text):
        yield from _in_row(text, [(part.start, part.end, part.digits) for part in row], public)


def _in_row(text: str, groups: list[Group], public: Collection[str]) -> Iterator[tuple[Span, str]]:
    at = 0
    while at < len(groups):
        size, tag = _best(Place(text, groups[at][0]), groups[at : at + MOST], public)
        if tag:
            yield _with_brackets(text, groups[at][0], groups[at + size - 1][1]), tag
        at += size


def _with_brackets(text: str, start: int, end: int) -> Span:
    """The place with the bracket in which only a part of the number stands: "(070) 355 18 42"."""
    inside = text[start:end]
    if ")" in inside and "(" not in inside and text[start - 1 : start] == "(":
        return start - 1, end
    if "(" in inside and ")" not in inside and text[end : end + 1] == ")":
        return start, end + 1
    return start, end


def _digits(group: str) -> str:
    return "".join(sign if sign == "+" else str(int(sign)) for sign in group)  # also Arabic and full-width digits


def _best(place: Place, groups: list[Group], public: Collection[str]) -> tuple[int, str]:
    """How many groups of digits from here are one number, and its tag; "" for one that may stay."""
    shape = tuple(len(group[2].lstrip("+")) for group in groups)
    for size, total in reversed([*enumerate(accumulate(shape), 1)]):
        if FEWEST <= total <= MOST:
            number = "".join(group[2] for group in groups[:size])
            if number in public or SERVICE.fullmatch(number):
                return size, ""
            tag = _tag(place, Row(number, shape[:size], groups[size - 1][1]))
            if tag:
                return size, tag
    return 1, ""


def _tag(place: Place, row: Row) -> str | None:
    return next((tag for is_one, tag in TESTS if is_one(place, row)), None)


def _looks_bsn(place: Place, row: Row) -> bool:
    number, shape, end = row
    if len(number) not in (8, 9) or not number.isdigit() or shape == (8, 1):
        return False
    if place.speaks_of_bsn or (not place.speaks_of_case and place.is_called_bsn(end)):
        return True
    if place.speaks_of_case:
        return False
    if len(number) == 8:  # the nought in front was left out
        return shape in SHORT_SHAPES and is_bsn(f"0{number}") and not _are_years(number)
    return shape in BSN_SHAPES and is_bsn(number)


def _are_years(number: str) -> bool:
    """Whether eight digits are a date or two years."""
    halves = int(number[:4]), int(number[4:])
    return any(half in YEARS for half in halves)


def _looks_account(place: Place, row: Row) -> bool:
    number = row.number
    return 7 <= len(number) <= 10 and number.isdigit() and place.speaks_of_account


def _looks_phone(place: Place, row: Row) -> bool:
    if PHONE.fullmatch(row.number):
        return True
    if len(row.number) == 8 and AFTER_06.search(place.text, max(0, place.start - 20), place.start):
        return True
    return BARE_PHONE.fullmatch(row.number) is not None and place.speaks_of_phone and not place.speaks_of_case


def _looks_code(place: Place, row: Row) -> bool:
    # four groups of four: the person's own resume code, or the number of a bank card
    return row.shape in ((4, 4, 4, 4), (16,)) and row.number.isdigit()


PHONE = re.compile(
    r"06\d{7,8}"  # mobile; one digit may be forgotten
    r"|0(?:[1-57]\d|8[458])\d{7}"  # landline, and of companies
    r"|(?:\+|00)310?[1-9]\d{8}"
    r"|31[06]?6\d{8}"  # as WhatsApp shows it
    r"|(?:\+|00)[1-9]\d{7,13}"  # abroad
)
AFTER_06 = re.compile(r"(?<![\w.,])(?:[0o]6|nul ?zes)\b[^\d.,!?]{1,12}$", re.IGNORECASE)  # "mijn 06 is 12345678"
BARE_PHONE = re.compile(r"(?:31|32|49|90|212|48|963)?(?:[1-9]\d{8,9}|6\d{7})")  # without the 0 or + it begins with
TESTS = ((_looks_account, "[iban]"), (_looks_bsn, "[bsn]"), (_looks_phone, "[telefoon]"), (_looks_code, "[wachtwoord]"))
