"""Finds the names of people in a masked text; they stay in it, but are marked.

A conditional random field (python-crfsuite) reads every word with its neighbours: how it is written, in which lists
it stands, and what fixed rules make of it. It learned from `data/sense/names.jsonl` (learning_names.py).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import pycrfsuite

from bot.sense.name_rules import by_rules, known
from bot.sense.name_words import Token, tokenize, word_lists
from bot.sense.numbers import Span

WEIGHTS = Path(__file__).parent / "weights" / "names.crf"
BEGIN, INSIDE, OUTSIDE = "B", "I", "O"  # the first word of a name, a further one, any other word
LIKELY = 0.4  # the chance from which a word is taken for a name, chosen on data/development/names.jsonl
LISTS = (
    *("kin", "role", "title", "called", "particles", "first", "doubtful", "last", "not_names", "company", "speaks"),
    *("animals", "unmistakable", "capital", "town"),
)
OWN_LISTS = ("first", "doubtful", "capital", "last")  # those that hold names
AROUND = (-2, -1, 1, 2)
MOST = 0.7  # of the words

_LOCK = Lock()  # around the tagger, which keeps the sentence it was given last


def find_names(text: str) -> list[Span]:
    """Where people's names stand.

    Args:
        text: the text in which numbers are replaced already.

    Returns:
        Places (start, end) in order, not overlapping; first name and surname in one.
    """
    tokens = list(tokenize(text))
    if not tokens:
        return []
    if _capitals(tokens) == "all":  # half of what the tagger knows is how a word is written
        rules = by_rules(tokens, shouted=True)
        return list(_spans(tokens, [INSIDE if at in rules else OUTSIDE for at in range(len(tokens))]))
    no_name = known(tokens)  # a shop or a saint
    labels = _labels(features(tokens))
    return list(_spans(tokens, [OUTSIDE if at in no_name else label for at, label in enumerate(labels)]))


def features(tokens: Sequence[Token]) -> list[list[str]]:
    """What is known of each word, for the tagger: a list of marks each."""
    capitals = _capitals(tokens)
    by_rule = by_rules(tokens, shouted=False)
    own = [_own(token) for token in tokens]
    whole = [[f"by rule={at in by_rule}", f"{capitals} capitals"] for at in range(len(tokens))]
    return [_features(tokens, own, at) + whole[at] for at in range(len(tokens))]


def _capitals(tokens: Sequence[Token]) -> str:
    """Where this text has capitals: `all` letters are, `most` words begin with one, or `some` do or none."""
    words = [token.text for token in tokens if token.text[0].isalpha()]
    if words and all(word.isupper() for word in words):
        return "all"
    begin = sum(word[0].isupper() for word in words)
    return "most" if begin > MOST * len(words) else "some"


def _features(tokens: Sequence[Token], own: Sequence[Sequence[str]], at: int) -> list[str]:
    low, look = tokens[at].bare, _look(tokens[at])
    begins = at == 0 or tokens[at - 1].text in ".!?\n"
    marks = [f"word={low}", f"start={low[:3]}", f"end={low[-3:]}", f"ending={low[-2:]}", f"size={min(len(low), 8)}"]
    marks += [*own[at], f"{look}, first={begins}"]
    previous = tokens[at - 1].bare if at else "-"
    marks += [f"{look} after {previous}", *_listed(tokens[at], look, begins, previous)]
    for step in AROUND:
        there = at + step
        if 0 <= there < len(tokens):
            marks += [f"{step} word={tokens[there].bare}", *(f"{step} {mark}" for mark in own[there])]
        else:
            marks.append(f"{step} none")
    return marks


def _listed(token: Token, look: str, begins: bool, previous: str) -> Iterator[str]:
    for name in OWN_LISTS:
        if token.low in getattr(word_lists(), name):
            yield f"{name}, {look}, first={begins}"
            yield f"{name} after {previous}"


def _own(token: Token) -> list[str]:
    return [f"look={_look(token)}", *(f"in {name}" for name in LISTS if token.bare in getattr(word_lists(), name))]


def _look(token: Token) -> str:
    """How a word is written."""
    if not token.text[0].isalpha():
        return "mark"
    if len(token.text) == 2 and token.text.endswith("."):
        return "initial"
    if token.text.isupper() and len(token.text) > 1:
        return "shouted"
    return "capital" if token.text[0].isupper() else "small"


def _labels(marks: list[list[str]]) -> list[str]:
    with _LOCK:
        _tagger().set(marks)
        return [_label(at) for at in range(len(marks))]


def _label(at: int) -> str:
    begins, goes_on = (_tagger().marginal(label, at) for label in (BEGIN, INSIDE))
    if begins + goes_on < LIKELY:
        return OUTSIDE
    return BEGIN if begins >= goes_on else INSIDE


def _spans(tokens: Sequence[Token], labels: Sequence[str]) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        size = 1
        if labels[at] != OUTSIDE:
            while at + size < len(tokens) and labels[at + size] == INSIDE:
                size += 1
            yield tokens[at].start, tokens[at + size - 1].end
        at += size


@cache
def _tagger() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(WEIGHTS))
    return tagger
