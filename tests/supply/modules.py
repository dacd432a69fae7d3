"""Which packages each process of a served bot has loaded, asked of the processes themselves when they end."""

import json
import os
from importlib import metadata
from pathlib import Path

from tests.served import served

# Python runs a module of this name before anything else; it also reaches the engines, which inherit the environment.
WITNESS = """
import atexit, json, os, sys

@atexit.register
def tell():
    names = {name.partition(".")[0] for name, module in list(sys.modules.items()) if getattr(module, "__file__", None)}
    kind = "engine" if "bot.engine.server" in sys.modules else "gateway"
    with open(os.path.join(os.environ["WITNESS_DIR"], f"{kind}-{os.getpid()}.json"), "w") as file:
        json.dump(sorted(names), file)
"""


def loaded(folder: Path) -> dict[str, set[str]]:
    """Serve the bot, talk to nobody, stop it, and give the packages that `gateway` and `engine` had loaded."""
    (folder / "sitecustomize.py").write_text(WITNESS)
    data = folder / "data"
    data.mkdir()
    with served(data, PYTHONPATH=os.fspath(folder), WITNESS_DIR=os.fspath(folder)):
        pass
    found: dict[str, set[str]] = {}
    for file in folder.glob("*-*.json"):
        modules = json.loads(file.read_text())
        found.setdefault(file.name.partition("-")[0], set()).update(packages_of(modules))
    return found


def packages_of(modules: list[str]) -> set[str]:
    """The names in the lock of the packages that bring these modules."""
    bringers = metadata.packages_distributions()
    return {_as_in_the_lock(package) for module in modules for package in bringers.get(module, ())}


def _as_in_the_lock(package: str) -> str:
    return package.lower().replace("_", "-").replace(".", "-")
