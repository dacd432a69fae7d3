"""Teaches the finder of names (names.py) from `data/sense/names.jsonl`, in which every name stands between ⟦ and ⟧."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite

from bot.sense.name_words import Token, tokenize
from bot.sense.names import BEGIN, INSIDE, OUTSIDE, WEIGHTS, features
from bot.sense.numbers import Span
from bot.sense.vectors import mark

NAMES = Path(__file__).parent.parent.parent / "data" / "sense" / "names.jsonl"
LEARNED_FROM = WEIGHTS.with_suffix(".mark")
MARKED = re.compile("⟦([^⟦⟧]*)⟧")
# L1 and L2 against too much weight on what is seldom seen; of those tried the best on data/development/names.jsonl
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 100}


def learn() -> None:
    """Learn anew, and keep the model with a mark of the sentences."""
    trainer = pycrfsuite.Trainer(verbose=False, params=SETTINGS)
    for text, names in read(NAMES):
        tokens = list(tokenize(text))
        trainer.append(features(tokens), list(labels(tokens, names)))
    trainer.train(str(WEIGHTS))
    LEARNED_FROM.write_text(mark(NAMES) + "\n")


def read(path: Path) -> Iterator[tuple[str, list[Span]]]:
    """The sentences of a file, without the marks, and where their names stand."""
    for line in path.read_text("utf-8").splitlines():
        yield unmarked(json.loads(line)["text"])


def unmarked(text: str) -> tuple[str, list[Span]]:
    """A text without ⟦ and ⟧, and the places (start, end) that they enclosed."""
    names = [(found.start() - 2 * at, found.end() - 2 * at - 2) for at, found in enumerate(MARKED.finditer(text))]
    return MARKED.sub(r"\1", text), names


def labels(tokens: Sequence[Token], names: Sequence[Span]) -> Iterator[str]:
    """For each word whether a name begins there, goes on, or neither."""
    begun: Span | None = None
    for token in tokens:
        name = next((one for one in names if one[0] < token.end and token.start < one[1]), None)
        yield OUTSIDE if name is None else INSIDE if name == begun else BEGIN
        begun = name


if __name__ == "__main__":
    learn()
