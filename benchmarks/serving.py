"""Starts a system, waits until it is ready, and ends it."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
PATIENCE = 180  # seconds; a busy machine may need them
POLL_SECONDS = 0.1
# As scripts/train sets them: no telemetry, no word about GPUs; and a home of its own, because Rasa writes one.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "HOME": str(ROOT / ".rasa"),
}


@dataclass(frozen=True)
class Served:
    """A system that is ready."""

    address: str
    pids: tuple[int, ...]
    start_seconds: float


@dataclass(frozen=True)
class Process:
    """A process to start, and the address that answers 200 as soon as it is ready."""

    command: Sequence[str]
    ready: str
    folder: Path = ROOT


class NotReady(Exception):
    """A system did not start; the message holds the end of its log."""


@contextmanager
def serving(address: str, processes: Sequence[Process], log: Path, **settings: str) -> Iterator[Served]:
    """Start these processes and end them afterwards.

    Raises:
        NotReady: one ended, or was not ready in time.
    """
    with log.open("w") as lines:
        begun = monotonic()
        running = [_start(process, settings, lines.fileno()) for process in processes]
        try:
            for process, started in zip(processes, running, strict=True):
                _wait_for(process.ready, started, begun + PATIENCE, log)
            yield Served(address, tuple(started.pid for started in running), round(monotonic() - begun, 1))
        finally:
            _end(running)


def environment(**settings: str) -> Mapping[str, str]:
    """The environment of a process of ours."""
    return {**os.environ, **QUIET, **settings}


def _start(process: Process, settings: Mapping[str, str], log: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        process.command,
        cwd=process.folder,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def _wait_for(address: str, started: "subprocess.Popen[bytes]", end: float, log: Path) -> None:
    while monotonic() < end and started.poll() is None:
        if _answers(address):
            return
        sleep(POLL_SECONDS)
    raise NotReady(f"{address} was never ready:\n{log.read_text('utf-8')[-3000:]}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _end(running: Sequence["subprocess.Popen[bytes]"]) -> None:
    for started in running:
        started.send_signal(signal.SIGTERM)
    for started in running:
        try:
            started.wait(30)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
