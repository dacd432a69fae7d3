"""Runs the load generator, which lives in an environment of its own."""

import json
import subprocess
from typing import Any

from benchmarks.load.plan import Plan
from benchmarks.serving import ROOT

HOME = ROOT / "benchmarks" / "load"


def set_up() -> None:
    """Install the load generator when it is not there."""
    subprocess.run([HOME / "set-up"], check=True)


def measure(plan: Plan) -> dict[str, Any]:
    """Make the load and give what was measured."""
    command = [HOME / ".venv" / "bin" / "python", "-m", "benchmarks.load"]
    done = subprocess.run(command, cwd=ROOT, input=plan.json(), stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
