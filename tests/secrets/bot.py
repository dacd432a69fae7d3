"""A served bot whose places are all known, and whose processes and database can be hurt."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from bot.settings import Settings
from bot.store.store import Store
from tests.postgres import away
from tests.served import PATIENCE, ROOT, STAFF_KEY, running

PLAIN = {"Content-Type": "application/json"}
NOBODY = "http://127.0.0.1:9"  # another gateway that is away: what may not be written is offered to it all the same
REACHED = 1.0  # seconds in which a call gets as far as a stopped engine


@dataclass(frozen=True)
class Answer:
    """What came back, whole: status line, headers and body."""

    status: int
    raw: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.raw.partition(b"\n\n")[2])


@dataclass
class Bot:
    """A served bot.

    Args:
        folder: holds `data` (DATA_DIR), `tmp` (TMPDIR of all its processes) and `backup`.
        told: every answer that another person, or somebody without a right token, may see.
    """

    address: str
    folder: Path
    settings: dict[str, str]
    process: "subprocess.Popen[bytes]"
    told: list[bytes] = field(default_factory=list)

    def send(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, own: bool = False
    ) -> Answer:
        """Send one request.

        Args:
            body: JSON, or bytes as they are.
            own: whether a good answer is for the person who asked, and may repeat their words.
        """
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        as_bytes = {name: value.encode() for name, value in (headers or PLAIN).items()}
        connection.request(method, quote(path, safe="/?=&%"), data, as_bytes)
        answer = connection.getresponse()
        raw = f"{answer.status} {answer.reason}\r\n{answer.headers}".encode() + answer.read()
        connection.close()
        if not (own and answer.status < 400):
            self.told.append(raw)
        return Answer(answer.status, raw)

    def raw(self, *parts: bytes) -> bytes:
        """Send bytes as they are, and give what comes back within a second."""
        host, port = urlsplit(self.address).hostname, urlsplit(self.address).port
        answer = b""
        with socket.create_connection((host, port), timeout=1) as line, suppress(TimeoutError, ConnectionError):
            for part in parts:
                line.sendall(part)
            while more := line.recv(65536):
                answer += more
        self.told.append(answer)
        return answer

    @property
    def engine(self) -> int:
        """The pid of the engine."""
        return next(pid for pid, parent in _parents() if parent == self.process.pid)

    @property
    def core_limit(self) -> str:
        """What the engine may write when it crashes, as the system tells it."""
        limits = Path(f"/proc/{self.engine}/limits").read_text().splitlines()
        return next(line for line in limits if line.startswith("Max core file size"))

    @contextmanager
    def halfway(self, call: Callable[[], Answer]) -> Iterator[list[Answer]]:
        """A turn is with an engine that stands still, and goes on when the block ends; its answer is there then."""
        answers: list[Answer] = []
        turn, engine = threading.Thread(target=lambda: answers.append(call())), self.engine
        os.kill(engine, signal.SIGSTOP)
        turn.start()
        time.sleep(REACHED)
        try:
            yield answers
        finally:
            os.kill(engine, signal.SIGCONT)
            turn.join()

    def wait_until_ready(self) -> None:
        """Wait for the engine that was started in place of another."""
        end = time.monotonic() + PATIENCE
        while self.send("GET", "/health").status != 200:
            assert time.monotonic() < end, "no engine came back"
            time.sleep(0.5)

    @contextmanager
    def no_database(self) -> Iterator[None]:
        """The database of the words is away, or where it is a file: held by another process."""
        if not self.is_sqlite:
            with away(self.settings["DATABASE_URL"]):
                yield
            return
        other = sqlite3.connect(self.folder / "data" / "voorgesprek.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether the words are in a file."""
        return "DATABASE_URL" not in self.settings

    @property
    def configured(self) -> Settings:
        """The bot's own settings."""
        return Settings.from_env({**self.settings, "DATA_DIR": str(self.folder / "data")})

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The bot's own store, opened a second time."""
        opened = Store.open(self.configured)
        yield opened
        opened.close()

    def runs(self, *command: str, says: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        """Run a command of `voorgesprek` with the bot's own settings."""
        env = os.environ | self.settings | {"DATA_DIR": str(self.folder / "data")}
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *command], cwd=ROOT, env=env, input=says, capture_output=True
        )
        (self.folder / f"{command[0]}.err").write_bytes(done.stderr)
        return done


@contextmanager
def a_bot(folder: Path, **settings: str) -> Iterator[Bot]:
    """A served bot in this folder."""
    for name in ("data", "tmp"):
        (folder / name).mkdir()
    settings = {"TMPDIR": str(folder / "tmp"), "PEERS": NOBODY, "STAFF_KEY": STAFF_KEY, **settings}
    with running(folder / "data", **settings) as (address, process):
        yield Bot(address, folder, settings, process)


def _parents() -> Iterator[tuple[int, int]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            yield int(path.parent.name), int(path.read_text().rpartition(")")[2].split()[1])
