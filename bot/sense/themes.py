"""What an answer is about, for the follow-up of this turn: computed in memory, never stored, never shown."""

from functools import cache
from pathlib import Path

import numpy as np

from bot.sense import phrases
from bot.sense.embedding import Vector
from bot.sense.linear import Linear
from bot.sense.phrases import Phrases

CONTENT = "themes.yml"
WEIGHTS = Path(__file__).parent / "weights" / "themes.npz"
LIKELY = -0.2  # a score; 0 means as likely as not. By cross-validation, and on data/development/themes.jsonl


def themes(text: str, vector: Vector) -> list[str]:
    """The themes of an answer, in the order of `themes.yml`; often several, sometimes none.

    Args:
        text: the words as typed, in any spelling.
        vector: the text's embedding.
    """
    words = found(text)
    if not np.any(vector):  # nothing to read, or nobody to read it: then the words decide
        return [theme for theme, is_there in zip(names(), words, strict=True) if is_there]
    weights = _weights()
    scores = weights.scores(text, vector, words)
    return [theme for theme, score in zip(weights.labels, scores.tolist(), strict=True) if score >= LIKELY]


def found(text: str) -> list[float]:
    """For each theme whether one of its words is there: what the classifier learns from."""
    sentences = phrases.sentences(text)
    return [float(any(about.find(sentence) for sentence in sentences)) for about in _themes().values()]


def names() -> tuple[str, ...]:
    """All themes."""
    return tuple(_themes())


@cache
def _themes() -> dict[str, Phrases]:
    raw = phrases.read(CONTENT)
    return {theme: Phrases(written, raw["groups"]) for theme, written in raw["themes"].items()}


@cache
def _weights() -> Linear:
    return Linear.load(WEIGHTS)
