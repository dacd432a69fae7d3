"""Every bijstand recipient of the country, on paper and at the real peak rate: `python -m benchmarks.country`."""

import json
import math
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import loading, results
from benchmarks.load.plan import Plan
from benchmarks.product import product
from benchmarks.script import SCRIPT

RECIPIENTS = 404_000  # people on bijstand (CBS, as in the design)
WEEKS = 30 / 7  # everybody is invited within a month, a share of them every week
# How a week's turns are spread, by our own estimate: letters come on Saturday, and Monday morning people answer them.
WEEKDAYS = {"Mon": 0.30, "Tue": 0.18, "Wed": 0.15, "Thu": 0.13, "Fri": 0.12, "Sat": 0.07, "Sun": 0.05}
# And a day's turns by the hour from midnight on, in percent: a morning peak, an afternoon, an evening.
HOURS = (0.4, 0.2, 0.1, 0.1, 0.1, 0.4, 1.2, 3, 6.2, 9.5, 11, 9.8, 7, 7.8, 8, 7.4, 6.2, 5, 4.9, 4.7, 3.7, 2.2, 0.9, 0.2)
BUSIEST_MINUTE = 1.3  # times the mean of its hour
ROOM = 0.6  # of what a machine can do is used at the peak; the rest is for what nobody foresaw
# Euro a month for a server with 2 cores and 4 GB at a European hoster; an estimate, ask yours.
SERVER_EURO = (5, 25)
P95_MS = 100  # what a turn may take at most, nineteen times out of twenty
SECONDS = float(os.environ.get("SECONDS", "600"))  # the peak lasts at least ten minutes


def peak() -> float:
    """Turns a second in the busiest minute of the month."""
    busiest_hour = RECIPIENTS / WEEKS * len(SCRIPT) * max(WEEKDAYS.values()) * max(HOURS) / sum(HOURS)
    return busiest_hour / 3600 * BUSIEST_MINUTE


def mean() -> float:
    """Turns a second, day and night, over the month."""
    return RECIPIENTS * len(SCRIPT) / (WEEKS * 7 * 86_400)


def on_paper(capacity: float, bytes_a_talk: float) -> dict[str, Any]:
    """What the country needs.

    Args:
        capacity: turns a second that one machine of two cores carries with p95 under 100 ms.
        bytes_a_talk: what a talk takes in both databases.
    """
    machines = math.ceil(peak() / (capacity * ROOM)) + 1  # one may fail
    return {
        "meanTurnsPerSecond": round(mean(), 1),
        "peakTurnsPerSecond": round(peak(), 1),
        "machines": machines,
        # When the last are invited, no talk is over yet: it lives 30 days after its last word (bot/core/terms.py).
        "databaseGb": round(RECIPIENTS * bytes_a_talk / 1e9, 1),
        "euroAMonth": [machines * euro for euro in SERVER_EURO],
    }


def simulated(seconds: float) -> dict[str, Any]:
    """Let people come at the peak rate, whether or not replies are there, and tell what they met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with product(folder, engines=1) as served:
            plan = Plan("product", served.address, served.pids, seconds, rate=peak())
            figures = loading.measure(plan)
        talks = sum(1 for _ in _talks(folder))
        size = sum(file.stat().st_size for file in folder.glob("*.db*"))
    return {**figures, "talks": talks, "bytesATalk": round(size / talks)}


def _talks(folder: Path) -> Any:
    import sqlite3

    with sqlite3.connect(folder / "voorgesprek.db") as store:
        yield from store.execute("SELECT id FROM conversations")


def main() -> None:
    """Simulate the peak and write what was found."""
    loading.set_up()
    met = simulated(SECONDS)
    told: Mapping[str, Any] = {"seconds": SECONDS, "simulated": met, **on_paper(_capacity(met), met["bytesATalk"])}
    results.keep("country", told)
    print(json.dumps(told, indent=2))


def _capacity(met: Mapping[str, Any]) -> float:
    """The highest rate that one engine answered in time: of this peak and the benchmark's open loads."""
    loads = [met, *results.kept("results")["product"]["1"]["open"].values()]
    return max(load["turnsPerSecond"] for load in loads if load["latencyMs"]["turns"]["p95"] <= P95_MS)


if __name__ == "__main__":
    main()
