"""The machine that figures were taken on."""

import os
import platform
from pathlib import Path
from typing import Any

CPU = Path("/proc/cpuinfo")


def machine() -> dict[str, Any]:
    """Cores, processor, memory and versions."""
    ram = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _model(),
        "ramGb": round(ram / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "loadBefore": round(os.getloadavg()[0], 1),
    }


def told(machine: dict[str, Any]) -> str:
    """The machine in one line."""
    return (
        f"{machine['cores']} cores ({machine['processor']}), {machine['ramGb']} GB, {machine['system']}, "
        f"Python {machine['python']}; load before the run {machine['loadBefore']}"
    )


def _model() -> str:
    lines = CPU.read_text("utf-8").splitlines() if CPU.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
