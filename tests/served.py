"""The product itself, served as `make start` serves it, for tests from outside.

Use it with `from tests.served import site` in a conftest.py.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAFF_KEY = "a-key-of-staff-that-nobody-guesses"
NO_LIMITS = {"RATE_PER_ADDRESS": "0", "RATE_PER_CONVERSATION": "0"}
PATIENCE = 180  # seconds; Rasa takes 20 to load, and a build server may be busy


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with data of its own, without a slash at the end."""
    with served(tmp_path_factory.mktemp("served"), STAFF_KEY=STAFF_KEY) as address:
        yield address


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """Serve the product with data in this folder and give its address."""
    with running(folder, **settings) as (address, _):
        yield address


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Serve the product with data in this folder and give its address and its process, which ends cleanly."""
    port = settings.get("PORT") or str(free_port())
    env = os.environ | {"PORT": port, "DATA_DIR": str(folder)} | NO_LIMITS | settings
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "bot.cli", "serve"], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}", server, folder / "log")
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            assert server.wait(30) == 0, "the server did not end cleanly"
            assert "Fatal Python error" not in (folder / "log").read_text("utf-8")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
                if json.load(answer)["status"] == "ok":
                    return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"the server did not become ready:\n{log.read_text('utf-8')[-3000:]}")
