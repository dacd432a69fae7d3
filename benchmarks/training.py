"""Trains our own model as scripts/train does, into a folder of its own, and tells how long it took."""

import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from benchmarks.serving import PYTHON, ROOT, environment

SCRIPT = ROOT / "scripts" / "train"
OUT, MODEL = "--out", "voorgesprek.tar.gz"


class NotTrained(Exception):
    """No model came of it; the message holds the end of what was said."""


def train_seconds() -> float:
    """Seconds that a whole training takes; the served model stays as it is.

    Raises:
        NotTrained: Rasa made no model.
    """
    with TemporaryDirectory() as folder:
        # a cache of its own, so that nothing of an earlier training helps and no other is in the way
        env = environment(RASA_CACHE_DIRECTORY=f"{folder}/cache")
        begun = monotonic()
        done = subprocess.run(_command(folder), cwd=ROOT, env=env, capture_output=True, text=True)
        seconds = monotonic() - begun
        if not (Path(folder) / MODEL).exists():
            raise NotTrained(done.stderr[-3000:])
    return round(seconds, 1)


def _command(folder: str) -> list[str]:
    line = next(line for line in SCRIPT.read_text("utf-8").splitlines() if "/rasa train " in line)
    options = shlex.split(line.partition("/rasa ")[2])
    return [PYTHON, "-m", "rasa", *options[: options.index(OUT)], OUT, folder]
