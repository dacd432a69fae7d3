"""What is known of single words when names are looked for: the lists of `names.yml`, and how a word is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from bot.sense.phrases import CONTENT, read

WORD = re.compile(r"[^\W\d_][^\W\d_'’\-]*(?:['’\-](?!s\b)[^\W\d_]+)*\.?|[.!?\n,;:\[\]()]")
ENDS = set(".!?\n,;:[]()")
ABBREVIATIONS = ("dr.", "mw.", "dhr.", "mevr.", "mr.", "drs.", "prof.", "ing.", "mvr.")
SURNAME = 5  # letters; a shorter surname is too easily something else


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
    town: frozenset[str]

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
    def bare(self) -> str:
        """The word in lower case, without the full stop of an initial or a short form."""
        return self.low.rstrip(".")

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name is, and not as an abbreviation: DUO, GGZ."""
        is_abbreviation = len(self.text) > 1 and self.text.isupper() and not self.text.endswith(".")
        return self.text[0].isupper() and not is_abbreviation

    @property
    def ends(self) -> bool:
        """Whether it is a mark that closes a group of words."""
        return self.text in ENDS


def tokenize(text: str) -> Iterator[Token]:
    """The words and marks of a text; an initial keeps its dot: "J. Bakker"."""
    for found in WORD.finditer(text):
        word = found[0]
        is_dotted = len(word) > 2 and word.endswith(".")
        if not is_dotted:
            yield Token(word, found.start(), found.end())
            continue
        yield Token(word[:-1], found.start(), found.end() - 1)
        if word.lower() not in ABBREVIATIONS:
            yield Token(".", found.end() - 1, found.end())


@cache
def word_lists() -> Lists:
    """The lists, read once."""
    raw = read("names.yml")
    own, known = (frozenset(tuple(str(words).lower().split()) for words in raw.pop(name)) for name in ("self", "known"))
    plain = {name: frozenset(str(word).lower() for word in raw[name]) for name in raw}
    given, family = (_names(name) for name in ("given_names.txt", "family_names.txt"))
    plain["first"] |= {name for name in given if name.islower()}
    plain["last"] |= {name.lower() for name in family}
    plain["town"] = frozenset(_names("towns.txt"))
    capital = plain["first"] | {name.lower() for name in given}
    unmistakable = plain["first"] - plain["doubtful"] | {name.lower() for name in family if len(name) >= SURNAME}
    return Lists(self=own, known=known, unmistakable=unmistakable, capital=capital, **plain)


def _names(name: str) -> list[str]:
    return (CONTENT / name).read_text("utf-8").split()
