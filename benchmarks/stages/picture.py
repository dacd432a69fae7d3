"""Draws where the time of a choice and of a typed answer goes: one bar a stage, each beginning where the last ended."""

from pathlib import Path

import matplotlib

from benchmarks.stages.stopwatch import Times

OUT = Path(__file__).parent.parent.parent / "docs" / "performance" / "stages.svg"
SHADES = {"choice": "#a8bbd0", "text": "#154273"}
TITLES = {"choice": "a tapped choice", "text": "a typed answer"}


def draw(told: dict[str, Times]) -> None:
    """Draw the waterfall of both kinds of turns into docs/performance.

    Args:
        told: milliseconds by stage, for `choice` and for `text`.
    """
    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "stages"
    figure, axes = pyplot.subplots(1, 2, figsize=(11, 4.6), sharey=True)
    for axis, kind in zip(axes, TITLES, strict=True):
        _waterfall(axis, kind, told[kind])
    figure.tight_layout()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(OUT, metadata={"Date": None})


def _waterfall(axis: object, kind: str, times: Times) -> None:
    axis.set_title(f"{TITLES[kind]}: {sum(times.values()):.1f} ms")
    start = 0.0
    for row, spent in enumerate(times.values()):
        axis.barh(row, spent, left=start, color=SHADES[kind], edgecolor="black", linewidth=0.5)
        axis.text(start + spent, row, f" {spent:.2f}", va="center", fontsize=8)
        start += spent
    axis.set_yticks(range(len(times)), list(times))
    axis.invert_yaxis()
    axis.set_xlim(0, start * 1.15)
    axis.set_xlabel("milliseconds")
    axis.spines[["top", "right"]].set_visible(False)
