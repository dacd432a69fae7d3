"""Builds and trains the stock bot; what was trained before from the same files is used again."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from benchmarks.serving import PYTHON, ROOT, environment
from benchmarks.stock.project import Size, write

HOME = ROOT / "var" / "bench" / "stock"
TRAINED = "trained.json"
LOG = "train.log"


@dataclass(frozen=True)
class Built:
    """A trained project.

    Args:
        train_seconds: how long its training took, now or at an earlier run.
        is_new: whether it was trained now.
    """

    project: Path
    train_seconds: float
    is_new: bool


class NotTrained(Exception):
    """Rasa made no model; the message holds the end of its log."""


def build(size: Size) -> Built:
    """The trained project of this size."""
    HOME.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=HOME) as folder:  # of its own, because two runs may build at the same time
        new = Path(folder) / "project"
        write(new, size)
        project = HOME / _fingerprint(new)
        is_new = not (project / TRAINED).exists()
        if is_new:
            _train(new, size.options)
            shutil.rmtree(project, ignore_errors=True)
            new.rename(project)
    return Built(project, json.loads((project / TRAINED).read_text("utf-8"))["seconds"], is_new)


def _fingerprint(project: Path) -> str:
    digest = sha256(version("rasa").encode())
    for file in sorted(path for path in project.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(project)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _train(project: Path, options: tuple[str, ...]) -> None:
    """Train as `rasa train` does, and keep the seconds it took.

    Raises:
        NotTrained: the message holds the end of the log.
    """
    begun, log = monotonic(), project / LOG
    with log.open("w") as lines:
        command = (PYTHON, "-m", "rasa", "train", "--force", "--fixed-model-name", "stock", *options)
        done = subprocess.run(command, cwd=project, env=environment(), stdout=lines, stderr=lines)
    if done.returncode != 0 or not (project / "models" / "stock.tar.gz").exists():
        raise NotTrained(log.read_text("utf-8")[-3000:])
    (project / TRAINED).write_text(json.dumps({"seconds": round(monotonic() - begun, 1)}), "utf-8")
