"""Which counts may be published, so that nothing about one person can be computed of them; see decision 0015."""

from collections.abc import Iterator, Mapping

from bot.core.numbers import EVERYONE, Pair, question_of

FEWEST = 10  # people; fewer are not shown (issue 7)
STEP = 5  # what is shown is rounded to it


def table(counts: Mapping[Pair, int], fewest: int = FEWEST, step: int = STEP) -> dict[Pair, int]:
    """The counts that may be seen, rounded; empty when there are too few people altogether.

    A count is left out when it is small, and also when it leaves a small rest: who is in one shown count and not in
    another one (or in none of a question's), or in neither of two, must be as many as who are shown.

    Args:
        counts: how many people chose both items of a pair; with EVERYONE for one, how many chose the other.
        fewest, step: others only in tests.
    """
    shown = {pair: number for pair, number in counts.items() if number >= fewest}
    while shown and (telling := next(_telling(shown, counts, fewest), None)):
        del shown[telling]
    return {pair: step * ((2 * number + step) // (2 * step)) for pair, number in sorted(shown.items())}


def _telling(shown: Mapping[Pair, int], counts: Mapping[Pair, int], fewest: int) -> Iterator[Pair]:
    """The counts that tell of a small rest: those that do so alone first, else the smallest of those together."""
    beside: dict[tuple[str, str], list[Pair]] = {}
    for pair in shown:
        if pair != (EVERYONE, EVERYONE) and _tells_alone(pair, shown, counts, fewest):
            yield pair
        for one, other in (pair, pair[::-1]):
            if other != EVERYONE:
                beside.setdefault((one, question_of(other)), []).append(pair)
    for (one, _), together in beside.items():
        if counts[EVERYONE, one] - sum(shown[pair] for pair in together) < fewest:
            yield min(together, key=lambda pair: (shown[pair], pair))


def _tells_alone(pair: Pair, shown: Mapping[Pair, int], counts: Mapping[Pair, int], fewest: int) -> bool:
    if any((EVERYONE, item) not in shown for item in pair):
        return True
    one, other = pair
    everyone, both = counts[EVERYONE, EVERYONE], counts[pair]
    first, second = counts[EVERYONE, one], counts[EVERYONE, other]
    if one == EVERYONE:
        return everyone - second < fewest
    return min(first - both, second - both, everyone - first - second + both) < fewest
