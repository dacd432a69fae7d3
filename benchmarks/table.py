"""The figures as tables, for the terminal and for docs/performance.md."""

from collections.abc import Iterator
from typing import Any

from tabulate import tabulate

from benchmarks.outcome import best, cpu_ms, least_cpu_ms, one_person, wrong_share

Figures = dict[str, Any]
Row = tuple[str, str, str, str, str]
HEADS = ("what", "Voorgesprek", "stock Rasa", "ratio", "target")
LOAD_HEADS = (
    *("load", "system", "turns/s", "p50 ms", "p95 ms", "p99 ms", "wrong", "unanswered"),
    *("CPU ms a turn", "generator CPU s", "others CPU s"),
)


def summary(results: Figures, style: str = "simple") -> str:
    """The two systems side by side, with ratios."""
    return tabulate(list(_rows(results)), HEADS, style, disable_numparse=True)


def loads(results: Figures, style: str = "simple") -> str:
    """Every load that was made."""
    served = {f"Voorgesprek, engines: {engines}": held for engines, held in results["product"].items()}
    rows = [row for name, held in {**served, "stock Rasa": results["stock"]}.items() for row in _loads(name, held)]
    return tabulate(rows, LOAD_HEADS, style, disable_numparse=True)


def _rows(results: Figures) -> Iterator[Row]:
    own, stock, train = results["product"]["1"], results["stock"], results["trainSeconds"]
    mine, theirs = one_person(own), one_person(stock)
    for engines, held in results["product"].items():
        target = "150, 7 x" if engines == "1" else ""
        yield _more(f"turns a second at best, engines: {engines}", best([held]), best([stock]), target)
    yield _less("CPU ms a turn, at least", least_cpu_ms(own), least_cpu_ms(stock), "")
    yield _less("choice, one person, p50 ms", mine["choice"]["p50"], theirs["choice"]["p50"], "8")
    yield _less("free text, one person, p50 ms", mine["text"]["p50"], theirs["text"]["p50"], "25")
    yield _less("all turns, one person, p95 ms", mine["turns"]["p95"], theirs["turns"]["p95"], "40")
    yield ("turn 200 over turn 10", f"{own['long']['lateOverEarly']:.2f}", "", "", "1.2")
    yield _less("memory, MB", own["rssMb"], stock["rssMb"], "1024")
    yield _less("training, s", train["product"], train["stock"], "60")
    yield _less("start, s", own["startSeconds"], stock["startSeconds"], "20")
    yield ("replies that were wrong", f"{wrong_share(own):.2%}", f"{wrong_share(stock):.2%}", "", "0 %")


def _more(what: str, own: float, stock: float, target: str) -> Row:
    return (what, f"{own:.1f}", f"{stock:.1f}", f"{own / stock:.1f} x", target)


def _less(what: str, own: float, stock: float, target: str) -> Row:
    return (what, f"{own:.1f}", f"{stock:.1f}", f"{stock / own:.1f} x", target)


def _loads(name: str, served: Figures) -> Iterator[tuple[str, ...]]:
    for users, load in served["closed"].items():
        yield (f"closed, {users} at once", name, *_load(load))
    for rate, load in served["open"].items():
        yield (f"open, {rate} turns/s", name, *_load(load))


def _load(load: Figures) -> tuple[str, ...]:
    turns, late = load["latencyMs"]["turns"], load["latencyMs"]["unanswered"]["count"]
    latency = tuple(f"{turns[percentile]:.1f}" for percentile in ("p50", "p95", "p99"))
    cpu = (f"{cpu_ms(load):.1f}", f"{load['generatorCpuSeconds']:.1f}", f"{load['othersCpuSeconds']:.1f}")
    return (f"{load['turnsPerSecond']:.1f}", *latency, str(load["errors"]), str(late), *cpu)
