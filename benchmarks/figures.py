"""Counts with measured times: percentiles, what was heard in a run, and what late turns cost over early ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

PERCENTILES = (50, 95, 99)
ANSWERED = ("choice", "text")  # what a person says
UNANSWERED = "unanswered"  # said, and still waiting when the run was over
TURNS = (*ANSWERED, UNANSWERED)  # other calls are no turns


@dataclass(frozen=True)
class Sample:
    """One call that was answered: what kind it was, which turn of the conversation, and how long it took."""

    kind: str
    turn: int
    seconds: float


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed, by nearest rank; 0 of no values."""
    ranked = sorted(values)
    place = -(-len(ranked) * percent // 100)
    return ranked[max(int(place), 1) - 1] if ranked else 0.0


def latency(samples: Iterable[Sample]) -> dict[str, float]:
    """Percentiles in milliseconds, and how many samples they come from."""
    values = [sample.seconds * 1000 for sample in samples]
    return {"count": len(values), **{f"p{percent}": round(percentile(values, percent), 2) for percent in PERCENTILES}}


def by_kind(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Latency of all turns together, of each kind of turn, and of the other calls."""
    kinds = {kind: latency(s for s in samples if s.kind == kind) for kind in (*TURNS, "other")}
    return {"turns": latency(turns_of(samples)), **kinds}


def turns_of(samples: Iterable[Sample]) -> list[Sample]:
    """Those that are turns."""
    return [sample for sample in samples if sample.kind in TURNS]


def late_over_early(samples: Iterable[Sample], early: range, late: range) -> float:
    """What late turns cost over early ones: of each turn the median over all conversations, and the mean of those."""
    costs: dict[int, list[float]] = {}
    for sample in turns_of(samples):
        costs.setdefault(sample.turn, []).append(sample.seconds)
    return _mean_cost(costs, late) / _mean_cost(costs, early)


def most_frequent(faults: Counter[str], most: int = 5) -> Mapping[str, int]:
    """The faults that came most often."""
    return dict(faults.most_common(most))


def _mean_cost(costs: Mapping[int, list[float]], turns: range) -> float:
    return mean(median(costs[turn]) for turn in turns)
