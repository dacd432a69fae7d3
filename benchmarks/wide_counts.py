"""What was measured of each phase: how many turns, how long they took, and where there were few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from benchmarks.wide_people import Taken

WINDOW = 0.5  # seconds
LONG = 2.0  # seconds that somebody notices


@dataclass(frozen=True)
class Phase:
    """A part of the run, and the tries that failed in it."""

    name: str
    began: float
    ended: float
    failed: Mapping[str, int]


def counted(phases: Sequence[Phase], taken: Sequence[Taken]) -> list[dict[str, Any]]:
    """Each phase in figures; the first one is the measure of a dip."""
    usual = _rate(phases[0], taken)
    return [_figures(phase, taken, usual) for phase in phases]


def _figures(phase: Phase, taken: Sequence[Taken], usual: float) -> dict[str, Any]:
    mine = _of(phase, taken)
    times = sorted(one.seconds for one in mine) or [0.0]
    return {
        "phase": phase.name,
        "seconds": round(phase.ended - phase.began, 1),
        "turnsPerSecond": round(_rate(phase, taken), 1),
        "p50Ms": round(median(times) * 1000, 1),
        "p95Ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "longestMs": round(times[-1] * 1000),
        "dipSeconds": _dip(phase, mine, usual),
        "silenceSeconds": _silence(phase, mine),
        "failedTries": dict(phase.failed),
        "over2s": sum(one.seconds > LONG for one in mine),
    }


def _of(phase: Phase, taken: Sequence[Taken]) -> list[Taken]:
    return [one for one in taken if phase.began <= one.at < phase.ended]


def _rate(phase: Phase, taken: Sequence[Taken]) -> float:
    return len(_of(phase, taken)) / (phase.ended - phase.began)


def _dip(phase: Phase, mine: Sequence[Taken], usual: float) -> float:
    """For how many seconds less than half of the usual turns were taken."""
    windows = [0] * int((phase.ended - phase.began) / WINDOW)
    for one in mine:
        at = int((one.at - phase.began) / WINDOW)
        if at < len(windows):
            windows[at] += 1
    return sum(count < usual * WINDOW / 2 for count in windows) * WINDOW


def _silence(phase: Phase, mine: Sequence[Taken]) -> float:
    """The longest time in which no turn of anybody was taken, in seconds."""
    moments = [phase.began, *sorted(one.at for one in mine), phase.ended]
    return round(max(later - earlier for earlier, later in pairwise(moments)), 2)


def table(found: Mapping[str, Any]) -> str:
    """All of it as Markdown."""
    names = [name for name in found["phases"][0] if name != "failedTries"]
    rows = ["| " + " | ".join((*names, "failed tries")) + " |", "|---" * (len(names) + 1) + "|"]
    for phase in found["phases"]:
        failed = ", ".join(f"{count} {name}" for name, count in phase["failedTries"].items()) or "none"
        rows.append("| " + " | ".join([*(str(phase[name]) for name in names), failed]) + " |")
    facts = [f"{name}: {value}" for name, value in found.items() if name != "phases"]
    return "\n".join(["", *rows, "", *facts])
