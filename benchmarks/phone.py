"""How soon a slow phone on a slow line can be talked with: `python -m benchmarks.phone [--runs 5] [--site http://…]`.

Prints a table and writes var/bench/phone.json. The emulation is Chromium's own, with the presets of its DevTools.
"""

import argparse
import os
import platform
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks import results
from benchmarks.phone_page import CPU_SLOWDOWN, FAST_3G, SCREEN, SLOW_3G, Network, Visit, visit
from benchmarks.phone_proxy import http2
from tests.browser.conftest import QUIET
from tests.served import served

NETWORKS = (SLOW_3G, FAST_3G)
CACHES = ("cold", "warm")
MOMENTS = {"paint_ms": "paintMs", "question_ms": "questionMs", "answer_ms": "answerMs"}
# Phones reach the bot through a proxy with HTTP/2; without one a browser fetches six files at a time.
BEHIND, ALONE = "HTTP/2, behind a proxy", "HTTP/1.1, alone"


@dataclass
class Row:
    """All visits of one kind."""

    way: str
    network: str
    cache: str
    visits: list[Visit] = field(default_factory=list)

    def moments(self, name: str) -> list[float]:
        """One figure of every visit, in milliseconds."""
        return [getattr(one, name) for one in self.visits]

    def as_json(self) -> dict[str, Any]:
        """The row for the file."""
        wire = self.visits[-1].wire  # but for some bytes the same in every visit
        about = {"way": self.way, "network": self.network, "cache": self.cache}
        times = {as_key: _spread(self.moments(name)) for name, as_key in MOMENTS.items()}
        return about | times | {"bytes": wire.total, "requests": len(wire.sizes), "bytesByKind": wire.by_kind}

    def as_text(self) -> str:
        """The row for the table."""
        times = [_seconds(self.moments(name)) for name in MOMENTS]
        wire = self.visits[-1].wire
        weight = f"{wire.total / 1000:8.1f}{len(wire.sizes):10d}"
        return f"{self.way:24}{self.network:9}{self.cache:6}" + "".join(f"{one:>23}" for one in times) + weight


def main() -> None:
    """Measure, print and write."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, _ways(Path(folder), options.site) as ways:
        rows, version = _measured(ways, options.runs)
    print(f"In seconds, median (least to most) of {options.runs} visits; processor {CPU_SLOWDOWN} times slower.")
    print(f"{'':39}{'first paint':>23}{'first question':>23}{'tap to answer':>23}{'kB':>8}{'requests':>10}")
    print("\n".join(row.as_text() for row in rows))
    about = {"machine": _machine(), "chromium": version, "runs": options.runs, "cpuSlowdown": CPU_SLOWDOWN}
    about["networks"] = [asdict(network) for network in NETWORKS]
    results.keep("phone", about | {"rows": [row.as_json() for row in rows]})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="visits of each kind (5: four minutes)")
    parser.add_argument("--site", help="a server that runs already; else one is started")
    return parser.parse_args()


@contextmanager
def _ways(folder: Path, site: str | None) -> Iterator[dict[str, tuple[str, list[str]]]]:
    """The address of each way to the bot, and the flags it asks of the browser."""
    with ExitStack() as stack:
        site = site or stack.enter_context(served(folder))
        proxy = stack.enter_context(http2(site, folder))
        yield {BEHIND: (proxy.address, [proxy.trust]), ALONE: (site, [])}


def _measured(ways: dict[str, tuple[str, list[str]]], runs: int) -> tuple[list[Row], str]:
    kinds = [(way, network) for way in ways for network in NETWORKS]
    rows = {(way, network, cache): Row(way, network.name, cache) for way, network in kinds for cache in CACHES}
    with sync_playwright() as playwright:
        flags = [flag for _, of_way in ways.values() for flag in of_way]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET + flags)
        for _ in range(runs):
            for way, network in kinds:
                for cache, seen in zip(CACHES, _phone(browser, ways[way][0], network), strict=True):
                    rows[way, network, cache].visits.append(seen)
        return list(rows.values()), browser.version


def _phone(browser: Browser, site: str, network: Network) -> list[Visit]:
    """A phone that was never here, and the same phone again."""
    phone = browser.new_context(viewport=SCREEN, locale="nl-NL", has_touch=True, is_mobile=True)
    visits = [visit(phone, site, network) for _ in CACHES]
    phone.close()
    return visits


def _spread(times: list[float]) -> dict[str, float]:
    spread = {"median": statistics.median(times), "least": min(times), "most": max(times)}
    return {name: round(value) for name, value in spread.items()}


def _seconds(times: list[float]) -> str:
    return f"{statistics.median(times) / 1000:.2f} ({min(times) / 1000:.2f} to {max(times) / 1000:.2f})"


def _machine() -> str:
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
