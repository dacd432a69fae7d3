"""A PostgreSQL of our own for a test run: in a temporary folder, on a socket, gone afterwards.

Use it with `from tests.postgres import postgres` in a conftest.py; `postgres.new_database()` gives the
address of an empty database.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg2
import pytest

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "voorgesprek"
# Durability costs time, and a test's cluster has nothing to lose.
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"


class Postgres:
    """A running cluster."""

    def __init__(self, programs: Path, folder: Path, options: str) -> None:
        self._programs, self._folder, self._options = programs, folder, options
        self._numbers = count(1)

    @property
    def pid(self) -> int:
        """The process that all others of this cluster come from."""
        written = self._folder / "data" / "postmaster.pid"
        return int(written.read_text().split()[0]) if written.exists() else 0

    def forget_pid(self) -> None:
        """After a kill: where nobody buries dead processes, a cluster takes its own ghost for another one that runs."""
        (self._folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def start(self, check: bool = True) -> bool:
        """Starts it, also after it was killed; says whether it runs."""
        options = f"-k {self._folder} {self._options}"
        data, log = self._folder / "data", self._folder / "log"
        return _run(
            self._folder, self._programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start", check=check
        )

    @property
    def folder(self) -> Path:
        """All that it writes: data, write-ahead log and server log."""
        return self._folder

    def stop(self) -> None:
        """Ends it in order, so that everything is in its files."""
        _run(self._folder, self._programs / "pg_ctl", "-D", self._folder / "data", "-m", "fast", "-w", "stop")

    def new_database(self) -> str:
        """Makes an empty database and gives its address."""
        name = f"test_{next(self._numbers)}"
        connection = psycopg2.connect(host=str(self._folder), user=OWNER, dbname="postgres")
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
        connection.close()
        return f"postgresql://{OWNER}@/{name}?host={self._folder}"


@contextmanager
def away(url: str) -> Iterator[None]:
    """The database of this address refuses everybody for a while."""
    name = url.partition("@/")[2].partition("?")[0]
    other = psycopg2.connect(url.replace(name, "postgres"))
    other.autocommit = True
    cursor = other.cursor()
    cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    try:
        yield
    finally:
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        other.close()


def empty(url: str) -> str:
    """Takes everything out of a database and gives its address back."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    return url


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Starts a cluster; without PostgreSQL the tests are skipped, but with CI_STRICT=1 they fail."""
    with cluster() as started:
        yield started


@contextmanager
def cluster(options: str = OPTIONS) -> Iterator[Postgres]:
    """A cluster that runs with these options, and is gone afterwards."""
    programs = _programs()
    # Directly under /tmp, because a socket's path may not be longer than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="vg-pg-", dir="/tmp"))
    try:
        yield _started(programs, folder, options)
    finally:
        _run(folder, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    reason = f"PostgreSQL is not installed: no {PROGRAMS}/*/bin/initdb"
    if os.environ.get("CI_STRICT") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _started(programs: Path, folder: Path, options: str) -> Postgres:
    if os.geteuid() == 0:
        shutil.chown(folder, _unprivileged())
    data = folder / "data"
    _run(folder, programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync")
    made = Postgres(programs, folder, options)
    made.start()
    return made


def _run(folder: Path, *command: object, check: bool = True) -> bool:
    words = [str(word) for word in command]
    # PostgreSQL refuses to run as root.
    as_other = ["runuser", "-u", _unprivileged(), "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_other, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if check and done.returncode != 0:
        log = folder / "log"
        pytest.fail(f"{words[0]}: {done.stderr.decode()} {log.read_text() if log.exists() else ''}")
    return done.returncode == 0


def _unprivileged() -> str:
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
