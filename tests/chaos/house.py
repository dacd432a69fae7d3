"""Gateway, engines and database as processes that can be killed and come back.

Loading Rasa takes 10 to 40 seconds, far more than a kill. So one process loads the agent and forks every engine and
every gateway from itself: each is a process of its own, with the product's own code from opening the store on, and is
there again within a second or three.
"""

import asyncio
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot import serving
from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.route import Route
from bot.core.texts import Texts
from bot.engine.__main__ import serve
from bot.engine.agent import MODEL, TalkAgent
from bot.engine.server import Engine
from bot.logs import configure
from bot.settings import Settings
from bot.store.store import Store
from bot.store.unit_of_work import Content
from bot.web.engine_client import EngineClient
from tests.postgres import Postgres
from tests.served import NO_LIMITS, free_port

ENGINES = 2
READY_SECONDS = 60
LIFE_SECONDS = 1  # at most, of what works and is killed next: else every gateway would die before its first answer


def load_agent() -> TalkAgent:
    """The trained agent, once for all engines."""
    return TalkAgent.load(MODEL, Route(questionnaire.load()), helplines.load().placeholders)


class Process:
    """A process that answers at an address, forked from this one."""

    def __init__(self, work: Callable[[], None], family: int, address: Any, log: Path) -> None:
        self._work, self._family, self._address, self._log = work, family, address, log
        self.pid = 0

    def start(self) -> None:
        """Begin, when it does not run."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            return
        self.pid = os.fork()
        if self.pid == 0:
            self._run()

    def wait_until_ready(self) -> None:
        """Wait until it answers, starting it again if it ended: a gateway without a database does."""
        end = time.monotonic() + READY_SECONDS
        while not self._answers():
            assert time.monotonic() < end, f"{self._address} does not answer, see {self._log}"
            self.start()
            time.sleep(0.05)

    def kill(self) -> None:
        """End it this very moment."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.pid = 0

    def _answers(self) -> bool:
        with socket.socket(self._family) as caller, suppress(OSError):
            caller.connect(self._address)
            return True
        return False

    def _run(self) -> None:
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(log, stream)
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001  # a fork must never run on into its parent's code
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(1)


class House:
    """Everything that can be killed."""

    def __init__(self, agent: TalkAgent, folder: Path, server: Postgres | None) -> None:
        self.agent, self.folder, self.server = agent, folder, server
        self.port = free_port()
        self.settings = Settings.from_env(self._env())
        serving._first_key(self.settings, lambda line: None)
        paths = [folder / f"engine-{number}.sock" for number in range(ENGINES)]
        self.engines = [Process(self._engine(path), socket.AF_UNIX, str(path), folder / "log") for path in paths]
        self.gateway = Process(self._serve, socket.AF_INET, ("127.0.0.1", self.port), folder / "log")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        """Start what is not there."""
        if self.server:
            while not _runs(self.server.pid) and not self.server.start(check=False):
                time.sleep(0.1)
        for process in (*self.engines, self.gateway):
            process.start()

    def kill(self, what: str, dice: random.Random) -> bool:
        """Kill one of a kind once it works; whether there was one."""
        if what in ("backend", "postmaster"):
            return self._kill_server(what, dice)
        process = self.gateway if what == "gateway" else dice.choice(self.engines)
        process.wait_until_ready()
        time.sleep(dice.uniform(0, LIFE_SECONDS))
        process.kill()
        return True

    def end(self) -> None:
        """Leave nothing behind."""
        for process in (self.gateway, *self.engines):
            if process.pid:
                process.kill()

    def _env(self) -> dict[str, str]:
        urls = {}
        if self.server:  # a commit is on disk before it is told: the test cluster's own default is to be quick
            names = ("DATABASE_URL", "KEYRING_URL")
            urls = {name: self.server.new_database() + "&options=-csynchronous_commit%3Don" for name in names}
        here = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "ENGINES": str(ENGINES)}
        return {**here, **NO_LIMITS, **urls}

    def _engine(self, path: Path) -> Callable[[], None]:
        def work() -> None:
            configure()
            content = Content(questionnaire.load(), Texts.load(helplines.load().placeholders()))
            serve(Engine(self.agent, Store.open(self.settings), content, "blank"), path)

        return work

    def _serve(self) -> None:
        configure()
        client, store = EngineClient(self.folder, ENGINES), Store.open(self.settings)
        asyncio.run(serving.serve_until(asyncio.Event(), self.settings, store, client, lambda line: None))

    def _kill_server(self, what: str, dice: random.Random) -> bool:
        assert self.server
        postmaster = self.server.pid
        if what == "postmaster":
            os.kill(postmaster, signal.SIGKILL)
            self.server.forget_pid()
            return True
        pids = [pid for pid in _children(postmaster) if "voorgesprek test_" in _title(pid)]
        busy = [pid for pid in pids if "idle" not in _title(pid).split() or "transaction" in _title(pid)]
        if not pids:
            return False
        with suppress(ProcessLookupError):  # it ended by itself just then
            os.kill(dice.choice(busy or pids), signal.SIGKILL)
            return True
        return False


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    return False


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _title(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""
