"""Machines that serve the product as `voorgesprek serve` does, each on its own, with one database for all of them."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

from benchmarks.wide_places import Place, Street
from bot.store import masterkey
from tests.postgres import Postgres, cluster
from tests.served import NO_LIMITS, ROOT

READY_SECONDS = 150
# Durable, as in use: a turn is on disk before it is acknowledged.
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"


class Machine:
    """One machine: a gateway and its engine."""

    def __init__(self, place: Place, folder: Path, env: dict[str, str]) -> None:
        self.place, self._folder = place, folder
        own = {"HOST": place.host, "PORT": str(place.port), "DATA_DIR": str(folder)}
        self._env = os.environ | env | own
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(mode=0o700)

    def start(self) -> None:
        """Begin to serve; an engine needs some 20 seconds to load."""
        self.place.plug_in()
        command = [*self.place.inside, sys.executable, "-m", "bot.cli", "serve"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=log, stderr=log)

    def wait(self) -> float:
        """Wait until it can talk; gives the seconds that took."""
        began = time.monotonic()
        while not self._is_ready():
            assert time.monotonic() - began < READY_SECONDS, (self._folder / "log").read_text()[-3000:]
            time.sleep(0.2)
        return time.monotonic() - began

    def stop(self) -> float:
        """End it in order; gives the seconds that took."""
        began = time.monotonic()
        assert self._process
        self._process.terminate()
        assert self._process.wait(60) == 0, "it did not end cleanly"
        self._process = None
        return time.monotonic() - began

    def kill(self) -> None:
        """Pull the plug: nobody is told, and gateway and engine end this very moment."""
        assert self._process
        self.place.unplug()
        for pid in (*_children(self._process.pid), self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def end(self) -> None:
        if self._process:
            self.kill()

    def log(self) -> bytes:
        return (self._folder / "log").read_bytes()

    def _is_ready(self) -> bool:
        with suppress(OSError, ValueError), urllib.request.urlopen(f"{self.place.address}/health", timeout=5) as answer:
            return bool(json.load(answer)["status"] == "ok")
        return False


@contextmanager
def database(street: Street) -> Iterator[Postgres]:
    """One PostgreSQL that all machines reach."""
    with cluster(f"-c listen_addresses='{street.database}' {DURABLE}") as server:
        if street.database:
            with (server.folder / "data" / "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {street.network} trust\n")
            with closing_connection(server.new_database()) as connection:
                connection.cursor().execute("SELECT pg_reload_conf()")
        yield server


@contextmanager
def closing_connection(url: str) -> Iterator[psycopg2.extensions.connection]:
    """A connection of our own, each statement by itself."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def machines(street: Street, server: Postgres, folder: Path) -> list[Machine]:
    """Machines that are each other's peers, not started yet."""
    masterkey.create_for_first_try(folder / "master.key")
    env = {
        "MASTER_KEY_FILE": str(folder / "master.key"),
        "PEERS": ",".join(place.address for place in street.places),
        "ENGINES": "1",
        **NO_LIMITS,
    }
    env |= {name: _reached(server.new_database(), street) for name in ("DATABASE_URL", "KEYRING_URL")}
    return [Machine(place, folder / f"machine-{number}", env) for number, place in enumerate(street.places)]


def _reached(url: str, street: Street) -> str:
    if not street.database:
        return url
    return url.partition("?")[0].replace("@/", f"@{street.database}/")


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []
