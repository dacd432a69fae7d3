"""The engine's door: a Unix socket that only the user who runs the bot can open."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def bind(path: Path) -> Iterator[socket.socket]:
    """A bound socket at this path, in place of one that an earlier engine left.

    Gone when the engine stops, unless it stops so late that the path is its successor's.
    """
    with suppress(FileNotFoundError):
        path.unlink()
    mask = os.umask(0o177)  # before it exists: afterwards somebody could have connected already
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        bound.bind(str(path))
    finally:
        os.umask(mask)
    own = path.stat().st_ino
    try:
        yield bound
    finally:
        with suppress(FileNotFoundError):
            if path.stat().st_ino == own:
                path.unlink()
