"""What the benchmark runs, and how it runs it."""

import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import loading
from benchmarks.load.plan import Plan
from benchmarks.machine import machine
from benchmarks.product import product
from benchmarks.serving import Served
from benchmarks.stock import project
from benchmarks.stock.build import Built, build
from benchmarks.stock.server import stock
from benchmarks.training import train_seconds

Figures = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Args:
        name: as it is told beside the figures.
        engines: how many engines the product is served with, one run after another.
        users: people who talk at once in closed loads, for the product.
        stock_users: the same for the stock bot.
        rates: turns a second in open loads.
        seconds: how long each load is measured.
        patience: how long people may take to spread over the script before that.
        long_talks: conversations of 210 turns.
    """

    name: str
    engines: tuple[int, ...]
    users: tuple[int, ...]
    stock_users: tuple[int, ...]
    rates: tuple[int, ...]
    seconds: float
    patience: float
    long_talks: int


QUICK = Size("quick", (1,), (1, 50), (1, 10), (), 5, 3, 2)
FULL = Size("full", (1, 2), (1, 10, 50, 200), (1, 10, 50, 200), (20, 60, 100, 120), 30, 30, 10)
WARM_UP_SECONDS = 2
LONG_SECONDS = 300  # at most, for all long conversations


def run(size: Size) -> Figures:
    """Measure everything, in turn."""
    machine_now = machine()
    loading.set_up()
    tell("training our own model")
    own_seconds = train_seconds()
    tell("training the stock bot, unless it is there")
    built = build(project.SMALL)
    return {
        "size": size.name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine_now,
        "product": {str(engines): _product(size, engines) for engines in size.engines},
        "stock": _stock(size, built),
        "trainSeconds": {"product": own_seconds, "stock": built.train_seconds, "stockNow": built.is_new},
        "stockLearns": asdict(project.SMALL),
    }


def tell(what: str) -> None:
    """Say on stderr what is going on."""
    sys.stderr.write(f"{datetime.now():%H:%M:%S} {what}\n")  # noqa: DTZ005  # for who watches


def _product(size: Size, engines: int) -> Figures:
    tell(f"starting the product, engines: {engines}")
    with TemporaryDirectory() as folder, product(Path(folder), engines) as served:
        loads = _Loads("product", served, size)
        return {**loads.all(size.users), "long": loads.long()}


def _stock(size: Size, built: Built) -> Figures:
    tell("starting the stock bot")
    with TemporaryDirectory() as folder, stock(built.project, Path(folder)) as served:
        return _Loads("stock", served, size, str(built.project / "meanings.json")).all(size.stock_users)


class _Loads:
    def __init__(self, system: str, served: Served, size: Size, meanings: str = "") -> None:
        self._system, self._served, self._size, self._meanings = system, served, size, meanings

    def all(self, users: tuple[int, ...]) -> Figures:
        """Every closed and open load, after a warm-up."""
        self._measure("warm-up", users=4, seconds=WARM_UP_SECONDS, patience=WARM_UP_SECONDS)
        closed = {str(many): self._usual(f"{many} at once", users=many) for many in users}
        opened = {str(rate): self._usual(f"{rate} turns a second", rate=rate) for rate in self._size.rates}
        rss = max(load["rssMb"] for load in (*closed.values(), *opened.values()))
        return {"startSeconds": self._served.start_seconds, "rssMb": rss, "closed": closed, "open": opened}

    def long(self) -> Figures:
        """Conversations of 210 turns, one after another; the first is for warming up."""
        talks = self._size.long_talks + 1
        return self._measure("long conversations", users=1, seconds=LONG_SECONDS, script="long", conversations=talks)

    def _usual(self, what: str, **load: int) -> Figures:
        return self._measure(what, seconds=self._size.seconds, patience=self._size.patience, **load)

    def _measure(self, what: str, **load: Any) -> Figures:
        tell(f"{self._system}: {what}")
        served = self._served
        plan = Plan(self._system, served.address, served.pids, seed=what, meanings=self._meanings, **load)
        return loading.measure(plan)
