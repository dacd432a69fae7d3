"""Writes docs/performance.md and its pictures from what was measured."""

import re
from typing import Any

from benchmarks import pictures
from benchmarks.machine import told
from benchmarks.outcome import others_share
from benchmarks.serving import ROOT
from benchmarks.table import loads, summary

Figures = dict[str, Any]
PAGE = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "performance"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
TITLE = "# Performance\n\n`make bench` measures this; nothing of it is written by hand.\n\n"
FIGURES = """\
Measured on {at} on {machine}.

{summary}

{learned}

![Latency against load, of arrivals that do not wait](performance/latency.svg)

![Turns a second at best](performance/throughput.svg)

Each load. Latency in an open load counts from the planned moment, so waiting for a slow reply before it counts too.
`unanswered` turns had no reply ten seconds after the end and count in the percentiles with the time until then. The
load generator's own CPU runs on the same cores.

{loads}
"""
LEARNED = """\
Both hold the same scripted conversation of 45 turns (27 choices, 18 texts) over HTTP, warmed up, on SQLite. Stock Rasa
is what `rasa init` gives, with an action server. It learned from {answers} answers and at most {examples} sentences of
any other intent, with {epochs}. A reply is wrong when the script does not expect it: most
often words were taken for other ones. The person then goes on with what was asked.

{quiet}"""
QUIET = "What else ran on the machine took at most {share:.0%} of it during a load."
BUSY = f"**The machine was not quiet, so these figures say little.** {QUIET}"
MOST_OTHERS = 0.1  # of the machine; more and figures of two loads cannot be compared
DEFAULT = "its default epochs"
FEWER = "fewer epochs than its default, which does not change the speed of a turn ({epochs})"


def write(results: Figures) -> None:
    """Write the pictures, and the figures between their marks or on a page of their own."""
    served = {f"Voorgesprek, engines: {engines}": held for engines, held in results["product"].items()}
    served["stock Rasa"] = results["stock"]
    pictures.latency(served, PICTURES / "latency.svg")
    pictures.throughput(served, PICTURES / "throughput.svg")
    old = PAGE.read_text("utf-8") if PAGE.exists() else f"{TITLE}{BEGIN}\n{END}\n"
    PAGE.write_text(filled(old, figures(results)), "utf-8")


def figures(results: Figures) -> str:
    """The part of the page that is measured."""
    return FIGURES.format(
        at=results["at"][:10],
        machine=told(results["machine"]),
        summary=summary(results, "github"),
        learned=learned(results),
        loads=loads(results, "github"),
    )


def learned(results: Figures) -> str:
    """How the two were compared, and how far the machine was theirs."""
    held, others = results["stockLearns"], others_share(results)
    fewer = ", ".join(f"{part} {epochs}" for part, epochs in held["epochs"].items())
    epochs = FEWER.format(epochs=fewer) if fewer else DEFAULT
    quiet = (BUSY if others > MOST_OTHERS else QUIET).format(share=others)
    return LEARNED.format(examples=held["examples"], answers=held["answers"], epochs=epochs, quiet=quiet)


def filled(page: str, text: str) -> str:
    """The page with this text between the marks; a page without them is made anew."""
    between = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    whole = page if between.search(page) else f"{TITLE}{BEGIN}\n{END}\n"
    return between.sub(lambda _: f"{BEGIN}\n{text}{END}", whole)
