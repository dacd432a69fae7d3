"""Finds the names of people in a masked text; they stay in it, but are marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from bot.sense.phrases import CONTENT, read

Span = tuple[int, int]

WORD = re.compile(r"[^\W\d_][^\W\d_'’\-]*(?:['’\-](?!s\b)[^\W\d_]+)*\.?|[.!?\n,;:\[\]()]")
ENDS = set(".!?\n,;:[]()")
ABBREVIATIONS = ("dr.", "mw.", "dhr.", "mevr.", "mr.", "drs.", "prof.", "ing.", "mvr.")
LONGEST_SELF = 6  # words in the longest phrase before one's own name
SURNAME = 5  # letters; a shorter surname is too easily something else
LONGEST_KNOWN = 4  # words in the longest of `known`


@dataclass(frozen=True)
class Lists:
    """The word lists of `names.yml` and the long lists of names, in lower case."""

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
    company: frozenset[str]
    speaks: frozenset[str]
    animals: frozenset[str]
    known: frozenset[tuple[str, ...]]
    unmistakable: frozenset[str]
    capital: frozenset[str]

    @cached_property
    def announces(self) -> frozenset[str]:
        """Words after which a name may follow."""
        return self.kin | self.role | self.title | self.called

    @cached_property
    def proper(self) -> frozenset[str]:
        """What is a name wherever it has a capital."""
        return self.capital - self.doubtful

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
        """Whether it is written as a name is, and not as an abbreviation: DUO, GGZ."""
        is_abbreviation = len(self.text) > 1 and self.text.isupper() and not self.text.endswith(".")
        return self.text[0].isupper() and not is_abbreviation

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
        skipped = _known_at(tokens, at)
        size = 0 if skipped else _name_at(tokens, at, shouted)
        if size:
            spans.append((tokens[at].start, tokens[at + size - 1].end))
        at += skipped or size or 1
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
    if here.ends or here.low in lists.never or _is_animal(tokens, at):
        return 0
    size = _initials(tokens, at)
    if not size:
        expected = _expects_name(tokens, at)
        if expected == "self" and here.low == "van":  # "groeten van Ibrahim"
            return 0
        lead = _particles(tokens, at) if expected else 0
        if at + lead >= len(tokens) or not _is_name(tokens[at + lead], expected, shouted):
            return 0
        size = lead + 1
    return size + _rest(tokens, at + size, shouted)


def _expects_name(tokens: list[Token], at: int) -> str:
    """What comes before announces: `self`, `person` or nothing."""
    lists = _lists()
    before = [token.low.rstrip(".") for token in tokens[max(0, at - LONGEST_SELF - 1) : at]]
    if before and before[-1] in (":", ",", "\n"):
        before = before[:-1] if before[-1] != "," or before[-2:-1] == ["groet"] else before
    if any(tuple(before[-size:]) in lists.self for size in range(1, LONGEST_SELF + 1) if size <= len(before)):
        return "self"
    if before and before[-1] in lists.announces:
        return "person"
    speaks = at + 1 < len(tokens) and tokens[at + 1].low in lists.speaks
    return "company" if speaks or (before and before[-1] in lists.company) else ""


def _is_name(token: Token, expected: str, shouted: bool) -> bool:
    lists = _lists()
    low = token.low
    if expected == "person" and token.is_capital and not shouted and low in lists.last:
        return True  # "mevrouw Bakker": a trade too, but not after a title
    if token.ends or low in lists.not_names or low in lists.kin:
        return False
    listed = _is_listed(token, shouted) or low in lists.doubtful
    if expected == "self":
        return listed or len(low) > 2 or token.is_capital
    if expected == "person":
        return listed or (token.is_capital and not shouted and len(low) > 1)
    if expected == "company" and token.is_capital and not shouted and low in lists.doubtful:
        return True
    return low in lists.unmistakable or (token.is_capital and not shouted and low in lists.proper)


def _is_listed(token: Token, shouted: bool) -> bool:
    lists, low = _lists(), token.low
    return low in lists.first or low in lists.last or (token.is_capital and not shouted and low in lists.capital)


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
        if next_at >= len(tokens) or not _is_surname(tokens[next_at], shouted, after_particle=lead > 0):
            break
        size += lead + 1
    return size


def _is_surname(token: Token, shouted: bool, after_particle: bool) -> bool:
    lists, low = _lists(), token.low
    if token.is_capital and (low in lists.last or (after_particle and not shouted)):
        return True  # Bakker, Visser and De Jong are words too, but not after a first name
    if token.ends or low in lists.not_names:
        return False
    return _is_listed(token, shouted) or (token.is_capital and not shouted)


def _initials(tokens: list[Token], at: int) -> int:
    """How many words from here are initials with a surname: "J.P. van Dongen", "A. Haddad"; 0 when they are not."""
    size = 0
    while at + size < len(tokens) and len(tokens[at + size].text) == 2 and tokens[at + size].text.endswith("."):
        size += 1
    lead = _particles(tokens, at + size) if size else 0
    last = tokens[at + size + lead] if size and at + size + lead < len(tokens) else None
    if last is None or last.ends or len(last.text) < 3:
        return 0
    is_surname = last.low in _lists().last or (last.is_capital and tokens[at].is_capital and size + lead > 1)
    return size + lead + 1 if is_surname else 0


def _is_animal(tokens: list[Token], at: int) -> bool:
    """Whether the words just before speak of an animal: its name betrays nobody."""
    return any(token.low in _lists().animals for token in tokens[max(0, at - 3) : at])


def _known_at(tokens: list[Token], at: int) -> int:
    """How many words from here are a shop, a saint or a saying with a name in it."""
    said = [token.low for token in tokens[at : at + LONGEST_KNOWN]]
    return next((size for size in range(LONGEST_KNOWN, 1, -1) if tuple(said[:size]) in _lists().known), 0)


@cache
def _lists() -> Lists:
    raw = read("names.yml")
    own, known = (frozenset(tuple(str(words).lower().split()) for words in raw.pop(name)) for name in ("self", "known"))
    plain = {name: frozenset(str(word).lower() for word in raw[name]) for name in raw}
    given, family = (_names(name) for name in ("given_names.txt", "family_names.txt"))
    plain["first"] |= {name for name in given if name.islower()}
    plain["last"] |= {name.lower() for name in family}
    capital = plain["first"] | {name.lower() for name in given}
    unmistakable = plain["first"] - plain["doubtful"] | {name.lower() for name in family if len(name) >= SURNAME}
    return Lists(self=own, known=known, unmistakable=unmistakable, capital=capital, **plain)


def _names(name: str) -> list[str]:
    return (CONTENT / name).read_text("utf-8").split()
