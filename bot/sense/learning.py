"""Teaches the classifiers of `bot/sense` from `data/`, and keeps the training sentences' embeddings: `make learn`.

Not needed to run the bot: the learned weights stand beside the code. Of `sense` only this file uses scikit-learn.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.core.help import PRECEDENCE
from bot.sense import learning_names, safety, themes, vectors
from bot.sense.linear import Linear, Numbers, rarity, row
from bot.sense.ngrams import SIZE, ngrams
from bot.sense.vectors import Vectors, mark

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data" / "sense"
CRIES, THEMES = DATA / "cries.jsonl", DATA / "themes.jsonl"
NLU = ROOT / "data" / "nlu"
ALL = ROOT / "var" / "vectors.npz"  # every sentence's embedding, on this machine only: computing them takes ten minutes
CALM, WORRY = safety.CALM, safety.WORRY
MEANING = 2.0  # the embedding's length beside rows of n-grams of length one
CRIES_C, THEMES_C = 0.3, 0.3  # how much the sentences count against simplicity, by cross-validation
# How much a sentence counts: commands look less like cries than answers do, and what is only sad or tiring lies
# between. Chosen on data/development, where it gives two points more signals at equal false alarms.
NLU_WEIGHT, WORRY_WEIGHT = 0.4, 0.5
SHARPNESS = 3.0  # what the scores are multiplied by, so that chances are neither all 0 and 1 nor all alike
# A theme that is also a danger: its sentences are no example of an ordinary answer.
DANGEROUS = {"safety_home", "homelessness"}

Row = Mapping[str, Any]


def main() -> None:
    """Learn everything anew."""
    cries, told = read(CRIES), read(THEMES)
    vectors.keep([*spoken(), *(row["text"] for row in (*cries, *told))], ALL)
    vectors.keep(spoken(), known=Vectors.load(ALL))
    learn_safety(cries, told).save(safety.WEIGHTS)
    learn_themes(told).save(themes.WEIGHTS)
    learning_names.learn()


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def taught() -> list[tuple[str, str, str | None]]:
    """The sentences of `data/nlu`, each with its intent and what waits."""
    groups = (yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["nlu"] for path in sorted(NLU.glob("*.yml")))
    return [
        (line.removeprefix("- "), item["intent"], (item.get("metadata") or {}).get("awaiting"))
        for group in groups
        for item in group
        for line in item["examples"].splitlines()
    ]


def spoken() -> list[str]:
    """The sentences of `data/nlu`, without their labels."""
    return list(dict.fromkeys(text for text, _, _ in taught()))


def learn_safety(cries: Sequence[Row], told: Sequence[Row]) -> Linear:
    """Weights that tell each clear cry, what is worrying, and what is neither, from each other."""
    commands = {one: CALM for one in spoken()}
    rows = dict(commands)
    rows |= {one["text"]: CALM for one in told if not DANGEROUS & set(one["themes"])}
    rows |= {one["text"]: level(one) for one in cries}
    known = Known(list(rows), safety.found)
    labels = np.array(list(rows.values()))
    counts = [_counts(text in commands, label) for text, label in rows.items()]
    learned = _machine(CRIES_C).fit(known.features, labels, sample_weight=counts)
    order = [list(learned.classes_).index(label) for label in (*PRECEDENCE, WORRY, CALM)]
    weights, bias = SHARPNESS * learned.coef_[order], SHARPNESS * learned.intercept_[order]
    return known.linear((*PRECEDENCE, WORRY, CALM), weights, bias, mark(CRIES))


def learn_themes(told: Sequence[Row]) -> Linear:
    """Weights for each theme apart: an answer may have several, or none."""
    known = Known([one["text"] for one in told], themes.found)
    labels = themes.names()
    fits = [_machine(THEMES_C).fit(known.features, [label in one["themes"] for one in told]) for label in labels]
    weights = np.vstack([fit.coef_[0] for fit in fits])
    return known.linear(labels, weights, np.array([fit.intercept_[0] for fit in fits]), mark(THEMES))


def _counts(is_command: bool, label: str) -> float:
    return (NLU_WEIGHT if is_command else 1.0) * (WORRY_WEIGHT if label == WORRY else 1.0)


def level(one: Row) -> str:
    """What a sentence of `cries.jsonl` is: its first signal, a concern, or neither."""
    if one["level"] == "signal" and one["signals"]:
        return str(one["signals"][0])
    return WORRY if one["level"] == "concern" else CALM


class Known:
    """What is known of the sentences to learn from: one row of features each."""

    def __init__(self, texts: Sequence[str], found: Callable[[str], Sequence[float]]) -> None:
        """Read the sentences as `Linear.scores` will."""
        from scipy.sparse import csr_matrix, hstack

        self.rarity = seldom(texts)
        self.phrases = np.array([found(text) for text in texts], dtype=np.float32)
        meanings = Vectors.load(ALL).of(list(texts)) * MEANING
        parts = [grams(texts, self.rarity), csr_matrix(meanings), csr_matrix(self.phrases)]
        self.features = hstack(parts).tocsr()

    def linear(self, labels: Sequence[str], weights: NDArray[Any], bias: NDArray[Any], learned_from: str) -> Linear:
        """The learned weights, cut into the parts that `Linear` adds up."""
        split = [SIZE, weights.shape[1] - self.phrases.shape[1]]
        of_grams, of_meaning, of_phrases = np.split(weights.T.astype(np.float32), split)
        parts = of_grams, of_meaning * MEANING, of_phrases, bias.astype(np.float32)
        return Linear(tuple(labels), self.rarity, *parts, learned_from)


def grams(texts: Iterable[str], rare: Numbers) -> Any:
    """The weighed n-grams of texts, one sparse row of SIZE numbers each."""
    from scipy.sparse import csr_matrix

    rows = [row(text, rare) for text in texts]
    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    data, places = np.concatenate([one for _, one in rows]), np.concatenate([one for one, _ in rows])
    return csr_matrix((data, places, starts), shape=(len(rows), SIZE))


def seldom(texts: Iterable[str]) -> Numbers:
    """How rare each n-gram is in these texts."""
    seen, number = np.zeros(SIZE, dtype=np.float32), 0
    for text in texts:
        seen[ngrams(text)[0]] += 1
        number += 1
    return rarity(seen, number)


def _machine(c: float) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=c, random_state=0)


if __name__ == "__main__":
    main()
