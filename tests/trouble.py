"""Trouble with disks, locks and networks, made for real: a full disk, a read-only file, a lock, a line that stalls."""

import os
import resource
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file may grow: on a small disk of its own for lack of room, elsewhere by the process's own limit."""
    if folder.is_mount():
        with (folder / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(512)):
                pass
        yield
        (folder / "ballast").unlink()
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 1 MB at this folder, or the folder as it is where mounting is not allowed."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    is_mounted = subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
    try:
        yield folder
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only(*files: Path) -> Iterator[None]:
    """Nobody can open these files to write, root neither."""
    if os.geteuid() == 0:
        if subprocess.run(["chattr", "+i", *files], stderr=subprocess.DEVNULL).returncode:
            pytest.skip("root writes to every file, and this disk knows no immutable ones")
    else:
        [file.chmod(0o400) for file in files]
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files]) if os.geteuid() == 0 else [file.chmod(0o600) for file in files]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process writes to this SQLite file and does not end."""
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        yield
        other.stdin.close()


class Line:
    """A line to a socket that can stall, or be cut just after the caller has said something.

    Args:
        there: the Unix socket of the server.
        here: where callers find the line.
    """

    def __init__(self, there: Path, here: Path) -> None:
        self._there, self._door = there, socket.socket(socket.AF_UNIX)
        self._door.bind(str(here))
        self._door.listen()
        self._flows = threading.Event()
        self._flows.set()
        self._calls: list[tuple[socket.socket, socket.socket]] = []
        self.cut_after: bytes | None = None
        threading.Thread(target=self._answer, daemon=True).start()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Nothing comes through, and nobody is told."""
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    def cut(self) -> None:
        """Break every call that goes on."""
        for call in self._calls:
            for end in call:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._calls.clear()

    def close(self) -> None:
        """Take no more calls."""
        self._door.close()
        self.cut()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, server = self._door.accept()[0], socket.socket(socket.AF_UNIX)
                server.connect(str(self._there))
                self._calls.append((caller, server))
                threading.Thread(target=self._carry, args=(caller, server), daemon=True).start()

    def _carry(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError, ValueError):
            while True:
                for end in select.select([caller, server], [], [])[0]:
                    said = end.recv(65536)
                    self._flows.wait()
                    if not said:
                        raise OSError
                    self._pass_on(said, caller, server, end is caller)
        for end in (caller, server):
            end.close()

    def _pass_on(self, said: bytes, caller: socket.socket, server: socket.socket, is_callers: bool) -> None:
        (server if is_callers else caller).sendall(said)
        if is_callers and self.cut_after and self.cut_after in said:
            self.cut_after = None
            server.recv(65536)  # so it was done, and only the caller does not hear of it
            raise OSError
