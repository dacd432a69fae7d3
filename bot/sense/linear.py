"""A linear classifier whose weights are plain arrays: it learns elsewhere (learning.py) and only adds up here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.sense.embedding import Vector
from bot.sense.ngrams import LETTERS, ngrams

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """Scores for a fixed list of labels from a text's n-grams, its embedding, and what fixed phrases found in it.

    Args:
        labels: what is told apart, in the order of the scores.
        rarity: inverse document frequency for each n-gram place.
        grams, meaning, phrases: weights (features, labels) for n-grams, embedding and phrases.
        bias: one for each label.
        learned_from: a mark of the sentences it learned from.
    """

    labels: tuple[str, ...]
    rarity: Numbers = field(repr=False)
    grams: Numbers = field(repr=False)
    meaning: Numbers = field(repr=False)
    phrases: Numbers = field(repr=False)
    bias: Numbers = field(repr=False)
    learned_from: str = ""

    @classmethod
    def load(cls, path: Path) -> "Linear":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            told = json.loads(str(kept["told"]))
            parts = {name: kept[name].astype(np.float32) for name in ("rarity", "grams", "meaning", "phrases", "bias")}
        return cls(labels=tuple(told["labels"]), learned_from=told["learned_from"], **parts)

    def save(self, path: Path) -> None:
        """Write the weights, two bytes each."""
        told = json.dumps({"labels": self.labels, "learned_from": self.learned_from})
        parts = {name: getattr(self, name).astype(np.float16) for name in ("rarity", "grams", "meaning", "phrases")}
        np.savez_compressed(path, told=told, bias=self.bias, **parts)

    def scores(self, text: str, vector: Vector, found: Sequence[float]) -> Numbers:
        """One number for each label; the higher, the likelier.

        Args:
            vector: the text's embedding.
            found: 1 or 0 for each kind of fixed phrase, in the order in which the weights were learned.
        """
        places, weights = row(text, self.rarity)
        told: Numbers = np.asarray(found, dtype=np.float32) @ self.phrases
        scores: Numbers = weights @ self.grams[places] + vector @ self.meaning + told + self.bias
        return scores


def row(text: str, rarity: Numbers) -> tuple[NDArray[np.int32], Numbers]:
    """A text's n-grams weighed by their rarity (TF-IDF, counts dampened); letters and words each of length one."""
    places, times = ngrams(text)
    weights: Numbers = (1 + np.log(times)) * rarity[places]
    for block in (places < LETTERS, places >= LETTERS):
        weights[block] /= np.linalg.norm(weights[block]) + 1e-6
    return places, weights


def rarity(found: NDArray[Any], texts: int) -> Numbers:
    """How rare each n-gram is (inverse document frequency, smoothed as scikit-learn does).

    Args:
        found: in how many texts each occurs.
        texts: how many texts there are.
    """
    rare: Numbers = (np.log((1 + texts) / (1 + found)) + 1).astype(np.float32)
    return rare


def softmax(scores: NDArray[Any]) -> NDArray[Any]:
    """Scores as chances; those of one row add up to one."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: NDArray[Any] = raised / raised.sum(axis=-1, keepdims=True)
    return chances
