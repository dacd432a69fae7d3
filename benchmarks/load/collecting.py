"""Keeps every measured call of a load run, exactly and in memory."""

from collections import Counter
from time import perf_counter
from typing import Any

from benchmarks import figures
from benchmarks.figures import ANSWERED, UNANSWERED, Sample


class Collected:
    """What happened between two moments.

    A turn belongs to them by the moment it was planned for; without a plan that is the moment it was said.
    """

    def __init__(self) -> None:
        """Collect nothing yet."""
        self.samples: list[Sample] = []
        self.faults: Counter[str] = Counter()
        self.answered_in_time = 0
        self._begin = self._end = float("inf")

    def measure(self, begin: float, end: float) -> None:
        """Collect what is planned between these moments."""
        self._begin, self._end = begin, end

    def covers(self, planned: float) -> bool:
        """Whether something planned for this moment is measured."""
        return self._begin <= planned < self._end

    def add(self, kind: str, turn: int, planned: float, ended: float) -> None:
        """One call that was answered; its time counts from the moment that it was planned for."""
        if self.covers(planned):
            self.samples.append(Sample(kind, turn, ended - planned))
        self.answered_in_time += kind in ANSWERED and self.covers(ended)

    def fault(self, planned: float, what: str) -> None:
        """One reply that was wrong."""
        if self.covers(planned):
            self.faults[what] += 1

    def give_up(self, planned: list[float]) -> None:
        """Turns that were planned and are still not answered: they have lasted until now at least."""
        now = perf_counter()
        self.samples += [Sample(UNANSWERED, 0, now - moment) for moment in planned if self.covers(moment)]

    def figures(self) -> dict[str, Any]:
        """What was measured."""
        answered = sum(sample.kind in ANSWERED for sample in self.samples)
        return {
            "turns": answered,
            "turnsPerSecond": round(self.answered_in_time / (self._end - self._begin), 2),
            "latencyMs": figures.by_kind(self.samples),
            "errors": sum(self.faults.values()),
            "faults": figures.most_frequent(self.faults),
        }
