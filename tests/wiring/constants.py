"""Numbers of the code, as documents name them: `module:NAME`, or `file.js:NAME`."""

import importlib
import re
from datetime import timedelta
from math import prod
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
UNITS = {"days": timedelta(days=1), "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}


def of_code(constant: str, unit: str) -> float:
    """What the code says, in this unit; `number` and plain numbers are taken as they stand."""
    where, _, name = constant.partition(":")
    found = _of_script(where, name) if where.endswith(".js") else getattr(importlib.import_module(where), name)
    return found / UNITS[unit] if isinstance(found, timedelta) else found


def _of_script(where: str, name: str) -> timedelta:
    line = re.search(rf"const {name} = ([\d* ]+);", (ROOT / where).read_text("utf-8"))
    assert line, f"{where} has no {name}"
    return timedelta(milliseconds=prod(int(factor) for factor in line[1].split("*")))
