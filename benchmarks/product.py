"""This product, served as `make start` serves it, with data of its own and without limits on requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving import PYTHON, Process, Served, serving
from tests.served import NO_LIMITS, free_port


@contextmanager
def product(folder: Path, engines: int) -> Iterator[Served]:
    """Serve the product with so many engines."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = Process((PYTHON, "-m", "bot.cli", "serve"), f"{address}/health")
    settings = {"PORT": str(port), "DATA_DIR": str(folder), "ENGINES": str(engines), **NO_LIMITS}
    with serving(address, [process], folder / "log", **settings) as served:
        yield served
