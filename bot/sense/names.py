"""Finds the names of people in a masked text; they stay in it, but are marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from bot.sense.phrases import read

Span = tuple[int, int]

WORD = re.compile(r"[^\W\d_][^\W\d_'’\-]*(?:['’\-][^\W\d_]+)*\.?|[.!?\n,;:\[\]()]")
ENDS = set(".!?\n,;:[]()")
ABBREVIATIONS = ("dr.", "mw.", "dhr.", "mevr.", "mr.", "drs.", "prof.", "ing.", "mvr.")
LONGEST_SELF = 6  # words in the longest phrase before one's own name


@dataclass(frozen=True)
class Lists:
    """The word lists of `names.yml`, in lower case."""

    kin: frozenset[str]
    role: frozenset[str]
    title: frozenset[str]
    self: frozenset[tuple[str, ...]]
    called: frozenset[str]
    particles: frozenset[str]
    first: frozenset[str]
    doubtful: frozenset[str]
    last: frozenset[str]
    not_names: frozenset[str]

    @cached_property
    def announces(self) -> frozenset[str]:
        """Words after which a name may follow."""
        return self.kin | self.role | self.title | self.called

    @cached_property
    def never(self) -> frozenset[str]:
        """Words with which no name begins."""
        return self.not_names - self.particles


@dataclass(frozen=True)
class Token:
    """One word or mark and its place."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.text[0].isupper()

    @property
    def ends(self) -> bool:
        """Whether it is a mark that closes a group of words."""
        return self.text in ENDS


def find_names(text: str) -> list[Span]:
    """Where people's names stand.

    Args:
        text: the text in which numbers are replaced already.

    Returns:
        Places (start, end) in order, not overlapping; first name and surname in one.
    """
    tokens = list(_tokens(text))
    shouted = text.isupper()  # capitals say nothing then
    spans, at = list[Span](), 0
    while at < len(tokens):
        size = _name_at(tokens, at, shouted)
        if size:
            spans.append((tokens[at].start, tokens[at + size - 1].end))
        at += size or 1
    return spans


def _tokens(text: str) -> Iterator[Token]:
    for found in WORD.finditer(text):
        word = found[0]
        is_dotted = len(word) > 2 and word.endswith(".")  # an initial keeps its dot: "J. Bakker"
        if not is_dotted:
            yield Token(word, found.start(), found.end())
            continue
        yield Token(word[:-1], found.start(), found.end() - 1)
        if word.lower() not in ABBREVIATIONS:
            yield Token(".", found.end() - 1, found.end())


def _name_at(tokens: list[Token], at: int, shouted: bool) -> int:
    """How many words from here are one name; 0 when none begins."""
    lists, here = _lists(), tokens[at]
    if here.ends or here.low in lists.never:
        return 0
    expected = _expects_name(tokens, at)
    lead = _particles(tokens, at) if expected else 0
    if at + lead >= len(tokens) or not _is_name(tokens[at + lead], expected, shouted):
        return 0
    return lead + 1 + _rest(tokens, at + lead + 1, shouted)


def _expects_name(tokens: list[Token], at: int) -> str:
    """What comes before announces: `self`, `person` or nothing."""
    lists = _lists()
    before = [token.low.rstrip(".") for token in tokens[max(0, at - LONGEST_SELF - 1) : at]]
    if before and before[-1] in (":", ",", "\n"):
        before = before[:-1] if before[-1] != "," or before[-2:-1] == ["groet"] else before
    if any(tuple(before[-size:]) in lists.self for size in range(1, LONGEST_SELF + 1) if size <= len(before)):
        return "self"
    announces = before and before[-1] in lists.announces
    return "person" if announces else ""


def _is_name(token: Token, expected: str, shouted: bool) -> bool:
    lists = _lists()
    low = token.low
    if token.ends or low in lists.not_names or low in lists.kin:
        return False
    listed = low in lists.first or low in lists.doubtful or low in lists.last
    if expected == "self":
        return listed or len(low) > 2 or token.is_capital
    if expected == "person":
        return listed or (token.is_capital and not shouted and len(low) > 1)
    sure = low in lists.first and low not in lists.doubtful
    return sure and token.is_capital


def _particles(tokens: list[Token], at: int) -> int:
    size = 0
    while at + size < len(tokens) and size < 3 and tokens[at + size].low in _lists().particles:
        size += 1
    return size


def _rest(tokens: list[Token], at: int, shouted: bool) -> int:
    """How many words after the first belong to the same name: initials, particles and surnames."""
    size = 0
    while at + size < len(tokens) and size < 5:
        lead = _particles(tokens, at + size)
        next_at = at + size + lead
        if next_at >= len(tokens) or not _is_surname(tokens[next_at], shouted):
            break
        size += lead + 1
    return size


def _is_surname(token: Token, shouted: bool) -> bool:
    lists, low = _lists(), token.low
    if token.is_capital and low in lists.last:
        return True  # Bakker and Visser are trades too, but not after a first name
    if token.ends or low in lists.not_names:
        return False
    return low in lists.last or low in lists.first or (token.is_capital and not shouted)


@cache
def _lists() -> Lists:
    raw = read("names.yml")
    own = frozenset(tuple(str(words).lower().split()) for words in raw.pop("self"))
    plain = {name: frozenset(str(word).lower() for word in raw[name]) for name in raw}
    return Lists(self=own, **plain)
