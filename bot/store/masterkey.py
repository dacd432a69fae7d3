"""Reads the master key file, whose keys are the outer lock of every data key.

One key a line, `<id> <base64 of 32 bytes>`; the first locks, all of them unlock. Blank lines and
lines starting with # are skipped.
"""

import base64
import binascii
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import MasterKeyMissing, MasterKeyWrong
from bot.store.crypto import KEY_BYTES, seal, unseal


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
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".master-")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(_new_line())
            file.flush()
            os.fsync(descriptor)
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(draft)
    return True


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
