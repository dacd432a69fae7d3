"""When people speak in an open load: at times of their own, whether or not the last reply is there."""

import random
from collections.abc import Iterator


def poisson(rate: float, seconds: float, seed: str) -> list[float]:
    """Times at which somebody speaks who speaks so often a second on average; the same seed gives the same times."""
    return list(_times(rate, seconds, random.Random(seed)))


def _times(rate: float, seconds: float, chance: random.Random) -> Iterator[float]:
    at = chance.expovariate(rate)
    while at < seconds:
        yield at
        at += chance.expovariate(rate)
