"""Fixed phrases, written in plain Dutch in a data file, found in whatever spelling people use.

A phrase is a row of words with a space between them:

    dood            this word, or any word that sounds the same
    dood|sterven    one of these; a_b stands for the two words a b
    [echt|gewoon]   one of these, or nothing
    pil*            words that begin so;  *schuld  that end so;  *schuld*  that hold it
    <kid>           one of a named group of words
    ..              at most three other words, none of them a negation
    ...             at most three other words
    ^ $             the beginning, the end of the sentence
    a & b           both parts, in any order, near each other in one sentence
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.sense.folding import ENDINGS, fold, plain, stem, words

CONTENT = Path(__file__).parent.parent / "content"
SENTENCE_END = re.compile(r"[!?;:\n]+|(?<!\.)\.(?!\.)(?!\d)")
NEGATIONS = ("niet", "geen", "nooit", "niemand", "niets")
GAP = r"(?: \S+){0,3}?"
CALM_GAP = rf"(?: (?!(?:{'|'.join(fold(word) for word in NEGATIONS)})(?: |$))\S+){{0,3}}?"
FIXED = {"..": CALM_GAP, "...": GAP, "^": "^", "$": "$"}
REACH = 70  # characters between the parts of an `a & b` phrase: about twelve words
MOST = 40  # places of one part that are looked at, so that a pasted page cannot keep us busy


class Phrase:
    """One compiled phrase."""

    def __init__(self, written: str, groups: Mapping[str, str]) -> None:
        """Compile a phrase.

        Args:
            written: the phrase, in the form explained above.
            groups: the named groups of words, by name without brackets.
        """
        parts = [part.split() for part in written.split(" & ")]
        self.parts = [re.compile(_part(part, groups)) for part in parts]
        self.needed = [words for part in parts if (words := _needed(part, groups))]

    def can_be_in(self, words: Collection[str]) -> bool:
        """Whether a sentence of these words can hold the phrase: a quick look that spares most searches."""
        return not any(needed.isdisjoint(words) for needed in self.needed)

    def span(self, sentence: str) -> tuple[int, int] | None:
        """Where a folded sentence holds this phrase, as (start, end); None if it does not."""
        if len(self.parts) == 1:
            found = self.parts[0].search(sentence)
            return found.span() if found else None
        return self._together(sentence)

    def _together(self, sentence: str) -> tuple[int, int] | None:
        start, end = len(sentence), 0
        first, *others = self.parts
        for found in _places(first, sentence):
            start, end = found
            near = [_nearest(part, sentence, start) for part in others]
            if all(near):
                ends = [one for one in near if one]
                return min(start, *(one[0] for one in ends)), max(end, *(one[1] for one in ends))
        return None

    def without(self, sentence: str) -> str:
        """The folded sentence with this phrase made unreadable."""
        if len(self.parts) == 1:
            return self.parts[0].sub(" _", sentence)
        return " _" if self.span(sentence) else sentence


class Phrases:
    """A list of phrases that mean the same."""

    def __init__(self, written: str, groups: Mapping[str, str] | None = None) -> None:
        """Compile the list: one phrase a line, `#` begins a remark."""
        rows = (row.split("#")[0].strip() for row in written.splitlines())
        self.phrases = [Phrase(row, groups or {}) for row in rows if row]
        self._anywhere = {at for at, one in enumerate(self.phrases) if not one.needed}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for at, one in enumerate(self.phrases):
            for word in one.needed[0] if one.needed else ():
                self._by_word[word].add(at)

    def find(self, sentence: str) -> tuple[int, int] | None:
        """Where the first of these phrases stands in a folded sentence; None if none does."""
        possible = (one.span(sentence) for one in self._possible(sentence))
        return next((span for span in possible if span), None)

    def without(self, sentence: str) -> str:
        """The folded sentence with all these phrases made unreadable."""
        for one in self._possible(sentence):
            sentence = one.without(sentence)
        return sentence

    def _possible(self, sentence: str) -> Iterator[Phrase]:
        """The phrases that a sentence can hold by its words: of hundreds, most need a word that is not there."""
        words = set(sentence.split())
        near = self._anywhere.union(*(self._by_word[word] for word in words if word in self._by_word))
        phrases = (self.phrases[at] for at in sorted(near))
        return (one for one in phrases if one.can_be_in(words))


def sentences(text: str) -> list[str]:
    """The folded sentences of a text: a space before each word, short forms written out."""
    parts = SENTENCE_END.split(plain(text))
    return [sentence for sentence in ("".join(f" {word}" for word in _meant(part)) for part in parts) if sentence]


def _meant(part: str) -> Iterator[str]:
    for word in words(part):
        yield _short_forms().get(word, word)


@cache
def _short_forms() -> Mapping[str, str]:
    raw: dict[str, list[str]] = read("short_forms.yml")
    return {fold(plain(short)): " ".join(words(meant)) for meant, shorts in raw.items() for short in shorts}


def mentions(text: str, content: str) -> bool:
    """Whether a text holds one of the phrases of a file with `groups` and one list, `phrases`.

    Args:
        text: the words as typed, in any spelling.
        content: the file in `bot/content`.
    """
    return any(_listed(content).find(sentence) for sentence in sentences(text))


@cache
def _listed(content: str) -> Phrases:
    raw = read(content)
    return Phrases(raw["phrases"], raw["groups"])


def read(name: str) -> Any:
    """The data in a file of `bot/content`."""
    return yaml.load((CONTENT / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _places(part: re.Pattern[str], sentence: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    found = part.finditer(sentence, start, len(sentence) if end is None else end)
    return (one.span() for one, _ in zip(found, range(MOST), strict=False))


def _nearest(part: re.Pattern[str], sentence: str, at: int) -> tuple[int, int] | None:
    near = _places(part, sentence, max(0, at - REACH), at + REACH)
    return next(near, None)


def _part(tokens: Iterable[str], groups: Mapping[str, str]) -> str:
    return "".join(_token(token, groups) for token in tokens) + r"(?= |$)"


def _needed(tokens: Iterable[str], groups: Mapping[str, str]) -> frozenset[str]:
    """Words of which a part holds at least one: those of its choosiest token; empty when that cannot be told."""
    sure = [token for token in tokens if token not in FIXED and not token.startswith("[")]
    sets = [_first_words(token, groups) for token in sure]
    return min((words for words in sets if words), key=len, default=frozenset())


def _first_words(token: str, groups: Mapping[str, str]) -> frozenset[str]:
    if "*" in _unfold_groups(token, groups):
        return frozenset()
    wholes = _unfold_groups(token, groups).split("|")
    return frozenset(_words(whole).replace("\\", "").split()[0] for whole in wholes)


def _token(token: str, groups: Mapping[str, str]) -> str:
    if token in FIXED:
        return FIXED[token]
    if token.startswith("["):
        return f"(?:{_choice(token[1:-1], groups)})?"
    return _choice(token, groups)


def _choice(token: str, groups: Mapping[str, str]) -> str:
    wholes = _unfold_groups(token, groups).split("|")
    return f"(?:{'|'.join(_words(whole) for whole in dict.fromkeys(wholes))})"


def _unfold_groups(token: str, groups: Mapping[str, str]) -> str:
    while "<" in token:  # a group may name another group
        token = re.sub(r"<(\w+)>", lambda found: groups[found[1]].replace(" ", "|"), token)
    return token


def _words(whole: str) -> str:
    return "".join(f" {_word(word)}" for word in plain(whole.replace("_", " ")).split())


def _word(word: str) -> str:
    if word.startswith("*"):
        return rf"\S*{_word(word[1:])}"
    if word.endswith("*"):
        return rf"{_begin(stem(word[:-1]))}\S*"
    meant = _short_forms().get(fold(word), fold(word))
    return re.escape(meant)


def _begin(beginning: str) -> str:
    # the last letter of a word is heard differently from the same letter inside a longer word
    last = beginning[-1:]
    if last in ENDINGS:
        return rf"{re.escape(beginning[:-1])}[{last}{ENDINGS[last]}]"
    return re.escape(beginning) + ("?" if beginning.endswith("en") else "")
