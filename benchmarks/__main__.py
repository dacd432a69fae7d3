"""`python -m benchmarks`: this product and stock Rasa side by side; QUICK=1 for the core of it in a few minutes."""

import json
import os
import sys

from benchmarks import report
from benchmarks.machine import told
from benchmarks.outcome import faults, last_line
from benchmarks.runs import FULL, QUICK, run
from benchmarks.serving import ROOT
from benchmarks.table import loads, summary

RESULTS = ROOT / "var" / "bench" / "results.json"


def main() -> int:
    """Measure, show, and keep what was measured."""
    size = QUICK if os.environ.get("QUICK") == "1" else FULL
    results = run(size)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1), "utf-8")
    if size is FULL:
        report.write(results)
    print(told(results["machine"]), loads(results), summary(results), report.learned(results), sep="\n\n")
    wrong = faults(results)
    print(*wrong, sep="\n")
    print(last_line(results))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
