"""`python -m benchmarks`: this product and stock Rasa side by side; QUICK=1 for the core of it in a few minutes."""

import os
import sys

from benchmarks import report, results
from benchmarks.machine import told
from benchmarks.outcome import faults, last_line
from benchmarks.runs import FULL, QUICK, run
from benchmarks.table import loads, summary


def main() -> int:
    """Measure, show, and keep what was measured."""
    size = QUICK if os.environ.get("QUICK") == "1" else FULL
    found = run(size)
    results.keep("results", found)
    if size is FULL:
        report.write(found)
    print(told(found["machine"]), loads(found), summary(found), report.learned(found), sep="\n\n")
    wrong = faults(found)
    print(*wrong, sep="\n")
    print(last_line(found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
