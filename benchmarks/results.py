"""Where the figures of each benchmark are kept: one file each in var/bench."""

import json
from typing import Any

from benchmarks.serving import ROOT

PLACE = ROOT / "var" / "bench"


def keep(name: str, figures: Any) -> None:
    """Write figures in place of those of the last time."""
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def kept(name: str) -> Any:
    """The figures of the last time.

    Raises:
        FileNotFoundError: it was never measured here.
    """
    return json.loads((PLACE / f"{name}.json").read_text("utf-8"))
