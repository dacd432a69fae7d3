"""What the lock files say, read without the tools that wrote them."""

import json
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PACKAGES: dict[str, dict[str, Any]] = {
    package["name"]: package for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
}
NPM: dict[str, dict[str, Any]] = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
OURS = "voorgesprek"
NEVER = "sys_platform == 'none'"  # how an override takes a package out


def versions() -> dict[str, str]:
    """Every Python package of the lock, tools of development too."""
    return {name: package["version"] for name, package in PACKAGES.items()}


def served() -> set[tuple[str, str]]:
    """Name and version of every Python package that what we serve asks for, however far away."""
    seen, waiting = set(), [(OURS, "")]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) not in seen:
            seen.add((name, extra))
            waiting += _asked_by(PACKAGES[name], extra)
    return {(name, PACKAGES[name]["version"]) for name, _ in seen if name != OURS}


def served_pages() -> set[tuple[str, str]]:
    """Name and version of every npm package that is not for development only."""
    kept = {where: package for where, package in NPM.items() if where and not package.get("dev")}
    return {(where.rpartition("node_modules/")[2], package["version"]) for where, package in kept.items()}


def _asked_by(package: dict[str, Any], extra: str) -> list[tuple[str, str]]:
    own = package.get("dependencies", []) if not extra else package.get("optional-dependencies", {}).get(extra, [])
    wanted = [one for one in own if one.get("marker") != NEVER]
    return [(one["name"], more) for one in wanted for more in ("", *one.get("extra", []))]
