"""Draws the figures so that they can be told apart without colour: by shape, dash and hatch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "voorgesprek"  # the same figures give the same file

from matplotlib import pyplot  # noqa: E402  # after the back end is chosen

from benchmarks.outcome import best  # noqa: E402

Figures = dict[str, Any]
# Okabe and Ito's colours, which people with any colour blindness can tell apart, from dark to light.
LOOKS = (
    {"color": "#0072B2", "marker": "o", "hatch": ""},
    {"color": "#009E73", "marker": "s", "hatch": "//"},
    {"color": "#E69F00", "marker": "^", "hatch": ".."},
)
DASHES = {"p50": "-", "p95": "--"}
SIZE = (7, 4.2)


def latency(served: Mapping[str, Figures], file: Path) -> None:
    """Latency against load, of arrivals that do not wait."""
    figure, axes = pyplot.subplots(figsize=SIZE)
    for (name, system), look in zip(served.items(), LOOKS, strict=False):
        for percentile, dash in DASHES.items():
            values = [load["latencyMs"]["turns"][percentile] for load in system["open"].values()]
            rates = [float(rate) for rate in system["open"]]
            style = {"color": look["color"], "marker": look["marker"], "linestyle": dash}
            axes.plot(rates, values, label=f"{name}, {percentile}", **style)
    axes.set(xlabel="turns a second that arrive", ylabel="ms from the planned moment", yscale="log")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.legend(fontsize="small")
    _save(figure, axes, file)


def throughput(served: Mapping[str, Figures], file: Path) -> None:
    """Turns a second at best."""
    figure, axes = pyplot.subplots(figsize=SIZE)
    for (name, system), look in zip(served.items(), LOOKS, strict=False):
        bar = axes.bar(name, best([system]), color=look["color"], hatch=look["hatch"], edgecolor="black")
        axes.bar_label(bar, fmt="%.0f")
    axes.set(ylabel="turns a second")
    _save(figure, axes, file)


def _save(figure: Any, axes: Any, file: Path) -> None:
    axes.grid(axis="y", alpha=0.4)
    axes.spines[["top", "right"]].set_visible(False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
