"""Keeps what came last, and only so much of it, in memory: for marks that nobody misses after a while."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V], Generic[K, V]):
    """A table that lets go of what was put there longest ago."""

    def __init__(self, most: int) -> None:
        """Begin empty.

        Args:
            most: how many entries there may be.
        """
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self._most:
            self.popitem(last=False)


class Buckets(Generic[K]):
    """A bucket a key, filled evenly; a full one lets a whole burst pass at once."""

    def __init__(self, burst: int, seconds: float, remembered: int, clock: Callable[[], float]) -> None:
        """Begin with every bucket full.

        Args:
            burst: what a full bucket holds.
            seconds: until one more fits in.
            remembered: how many keys; the one that was quiet longest is forgotten first.
            clock: seconds that only go up.
        """
        self._burst, self._seconds, self._clock = burst, seconds, clock
        self._buckets: Recent[K, tuple[float, float]] = Recent(remembered)

    def wait(self, key: K) -> float:
        """Seconds until one may be taken; 0 takes it now."""
        left, since = self._buckets.get(key, (float(self._burst), self._clock()))
        left = min(self._burst, left + (self._clock() - since) / self._seconds)
        if left < 1:
            return (1 - left) * self._seconds
        self.set(key, left - 1)
        return 0.0

    def set(self, key: K, left: float) -> None:
        """Say how much a bucket holds now."""
        self._buckets[key] = left, self._clock()
