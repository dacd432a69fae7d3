"""Looks for secrets in everything that is on a disk or was sent to others."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.secrets.canaries import Canaries
from tests.store.builders import rows


class Hit(NamedTuple):
    """A secret that was found: where, in which file or table, in which form, and which ones as far as can be told."""

    place: str
    name: str
    form: str
    secrets: list[str]


class Search:
    """Searches one place after another, and counts."""

    def __init__(self, secrets: Canaries) -> None:
        self._secrets, self._needles = secrets, secrets.needles()
        self._seen: set[bytes] = set()
        self.bytes: Counter[str] = Counter()
        self.found: list[Hit] = []

    def bytes_of(self, place: str, data: bytes, name: str = "") -> None:
        """Search bytes; the same ones are searched once, because databases begin as copies of each other."""
        self.bytes[place] += len(data)
        mark = hashlib.sha256(data).digest()
        if mark in self._seen:
            return
        self._seen.add(mark)
        folded = data.lower()
        forms = [form for needle, form in self._needles.items() if needle in folded]
        self.found += [Hit(place, name, form, self._secrets.named(folded)) for form in forms]

    def files(self, place: str, folder: Path, pattern: str = "*", since: float = 0) -> None:
        """Search the files below a folder that were written after a moment (seconds since 1970)."""
        for path in folder.rglob(pattern):
            with suppress(FileNotFoundError):  # it is a place where others work
                if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                    self.bytes_of(place, path.read_bytes(), path.name)
                    self.bytes_of("names of files", str(path).encode())

    def tables(self, place: str, *urls: str) -> None:
        """Search every value of every row: in a file one may be compressed."""
        for url in urls:
            for table, found in rows(url).items():
                for value in (value for row in found for value in row.values()):
                    data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    self.bytes_of(place, data, table)

    def answers(self, place: str, answers: Iterable[bytes]) -> None:
        """Search what was sent to others."""
        self.bytes_of(place, b"\n".join(answers))
