"""The stock bot, served as Rasa's documentation says: `rasa run` with its HTTP API, and `rasa run actions`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from benchmarks.serving import PYTHON, Process, Served, serving
from tests.served import free_port


@contextmanager
def stock(project: Path, folder: Path) -> Iterator[Served]:
    """Serve the project, with its SQLite tracker store in a folder of this run."""
    port, actions_port = free_port(), free_port()
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(yaml.safe_dump(_endpoints(folder, actions_port)), "utf-8")
    address, rasa = f"http://127.0.0.1:{port}", (PYTHON, "-m", "rasa", "run")
    bot = ("--enable-api", "--model", "models", "--endpoints", str(endpoints), "--port", str(port))
    processes = [
        Process((*rasa, "actions", "--port", str(actions_port)), f"http://127.0.0.1:{actions_port}/health", project),
        Process((*rasa, *bot), f"{address}/status", project),
    ]
    with serving(address, processes, folder / "log") as served:
        yield served


def _endpoints(folder: Path, actions_port: int) -> dict[str, dict[str, str]]:
    return {
        "action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"},
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "tracker.db")},
    }
