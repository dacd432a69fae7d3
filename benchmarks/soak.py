"""Whether memory grows while 20,000 turns are taken: `python -m benchmarks.soak`."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import loading, results
from benchmarks.load.plan import Plan
from benchmarks.product import product
from benchmarks.serving import Served

TURNS = 20_000
USERS, SECONDS = 20, 20.0  # of each stretch, after which memory is read
Point = dict[str, float]


def main() -> None:
    """Let people talk until there were enough turns, and write what memory was in between."""
    loading.set_up()
    with tempfile.TemporaryDirectory() as name, product(Path(name), engines=1) as served:
        points = list(_stretches(served))
    after_warm_up = [point["rssMb"] for point in points[1:]]
    half = len(after_warm_up) // 2
    grown = sum(after_warm_up[half:]) / len(after_warm_up[half:]) / (sum(after_warm_up[:half]) / half)
    told = {"points": points, "secondHalfOverFirst": round(grown, 3)}
    results.keep("soak", told)
    print(json.dumps(told, indent=2))


def _stretches(served: Served) -> Iterator[Point]:
    turns = 0
    while turns < TURNS:
        plan = Plan("product", served.address, served.pids, SECONDS, users=USERS, seed=f"soak {turns}")
        figures = loading.measure(plan)
        turns += figures["turns"]
        yield {"turns": turns, "rssMb": figures["rssMb"], "errors": figures["errors"]}


if __name__ == "__main__":
    main()
