"""Reads the master key file, whose keys are the outer lock of every data key.

One key a line, `<id> <base64 of 32 bytes>`; the first locks, all of them unlock. Blank lines and
lines starting with # are skipped.
"""

import base64
import binascii
import logging
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import MasterKeyMissing, MasterKeyWrong, told
from bot.store.crypto import KEY_BYTES, seal, unseal

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MasterKeys:
    """The keys of one file; `current` is the id of the one that locks."""

    current: str
    keys: dict[str, bytes] = field(repr=False)

    def lock(self, plain: bytes, *place: str) -> bytes:
        """Seals bytes with the current master key; keep `current` beside them."""
        return seal(self.keys[self.current], plain, *place)

    def unlock(self, master_id: str, sealed: bytes, *place: str) -> bytes:
        """Opens what `lock` sealed when `master_id` was current.

        Raises:
            MasterKeyWrong: the file has no key with this id.
            SealBroken: it has one, but that does not fit.
        """
        if master_id not in self.keys:
            raise MasterKeyWrong(f"the keyring needs master key {master_id!r}, the file has {sorted(self.keys)}")
        return unseal(self.keys[master_id], sealed, *place)


class MasterKeyFile:
    """The file with the master keys, read again whenever it changed, so that keys rotate while serving."""

    def __init__(self, path: Path) -> None:
        """Reads the file.

        Raises:
            MasterKeyMissing, MasterKeyWrong: as `read` says.
        """
        self._path = path
        self._read = _stamp(path), read(path)

    def keys(self) -> MasterKeys:
        """The keys as they are now; use one answer for one row, because the next may have another current key."""
        stamp, keys = self._read
        now = _stamp(self._path)
        if now != stamp:
            self._read = now, self._again() or keys
        return self._read[1]

    def rotate(self) -> None:
        """Puts a new key on top; it locks from now on, in every process that reads this file."""
        _write(self._path, _new_line() + self._path.read_text("ascii"))

    def drop_old(self) -> None:
        """Takes out every key but the current one and the one before: another process may just be locking with that."""
        kept = [line for _, line in _key_lines(self._path)][:2]
        _write(self._path, "".join(f"{line}\n" for line in kept))

    def _again(self) -> MasterKeys | None:
        try:
            return read(self._path)
        except (MasterKeyMissing, MasterKeyWrong) as error:
            log.error("master_key_file_unusable %s", told(error)["error"])  # the keys that were read still serve
            return None


def read(path: Path) -> MasterKeys:
    """Reads the master keys.

    Raises:
        MasterKeyMissing: no such file, unreadable, or no key in it.
        MasterKeyWrong: a line is malformed or an id comes twice; the message names the line only.
    """
    keys: dict[str, bytes] = {}
    for number, line in _key_lines(path):
        master_id, key = _parse(line, f"{path}, line {number}")
        if master_id in keys:
            raise MasterKeyWrong(f"{path}, line {number}: id {master_id!r} comes twice")
        keys[master_id] = key
    if not keys:
        raise MasterKeyMissing(f"no master key in {path}")
    return MasterKeys(next(iter(keys)), keys)


def create_for_first_try(path: Path) -> bool:
    """Makes a file with one new master key, readable by its owner only (mode 0600).

    Returns:
        Whether it was made; an existing file is left alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written aside and linked, so that a process starting beside us never reads half a key.
    draft = _draft(path, _new_line())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(draft)
    return True


def _write(path: Path, text: str) -> None:
    path = path.resolve()  # a link to the file stays one
    before, draft = path.stat(), _draft(path, text)
    # Whoever rotates, the server must be able to read it.
    os.chown(draft, before.st_uid, before.st_gid)
    os.chmod(draft, before.st_mode & 0o777)
    os.replace(draft, path)


def _draft(path: Path, text: str) -> str:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".master-")
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    return draft


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        seen = path.stat()
    except OSError:
        return ()
    return seen.st_mtime_ns, seen.st_ino, seen.st_size


def _new_line() -> str:
    # A random id, so that a second key made by mistake is seen as another key, not as a broken one.
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return f"m{secrets.token_hex(4)} {key}\n"


def _key_lines(path: Path) -> list[tuple[int, str]]:
    try:
        lines = path.read_text("ascii").splitlines()
    except OSError as error:
        raise MasterKeyMissing(f"cannot read the master key file {path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise MasterKeyWrong(f"{path} is not a master key file") from None  # the cause would show key bytes
    return [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def _parse(line: str, where: str) -> tuple[str, bytes]:
    words = line.split()
    if len(words) != 2:
        raise MasterKeyWrong(f"{where}: expected '<id> <base64 of {KEY_BYTES} bytes>'")
    try:
        key = base64.b64decode(words[1], validate=True)
    except binascii.Error:
        raise MasterKeyWrong(f"{where}: the key is not base64") from None  # the cause would show the key
    if len(key) != KEY_BYTES:
        raise MasterKeyWrong(f"{where}: the key has {len(key)} bytes, not {KEY_BYTES}")
    return words[0], key
