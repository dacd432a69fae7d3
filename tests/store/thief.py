"""Somebody who holds database, keyring, master key and all our code, but no token and no code of any person."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from bot.store import crypto, masterkey
from bot.store.keyring import INDEX_KEY
from tests.store.builders import Places, rows

Row = dict[str, Any]
KEY = crypto.KEY_BYTES
# What our code derives keys for; a thief reads that too.
PURPOSES = ("code", "resume index", "resume secret", "token", "index", "pseudonym")
CODES = ("0" * 16, "1" * 16, "1234567890123456", "0123456789012345", "")


class Thief:
    """Reads all that was stolen, and tries keys on it."""

    def __init__(self, places: Places) -> None:
        words, keyring = rows(places.database_url), rows(places.keyring_url)
        self.master = masterkey.read(places.master_key_file)
        self.talks = words["conversations"]
        self._parts = {name: words[name] for name in ("messages", "turns")}
        self._keys = {row["conversation_id"]: row for row in keyring["keys"]}
        (own,) = keyring["own_keys"]
        self.index_key = self.master.unlock(own["master_id"], bytes(own["sealed"]), INDEX_KEY)

    def inner(self, talk: Row, column: str) -> bytes:
        """The lock that is left of a data key when the master key has opened the outer one."""
        row = self._keys[talk["id"]]
        return self.master.unlock(row["master_id"], bytes(row[column]), column, talk["id"])

    def reads(self, shortcut: Callable[["Thief", Row], Iterator[bytes]]) -> list[str]:
        """The ids of the talks of which anything opens with the keys that a shortcut makes."""
        return [talk["id"] for talk in self.talks if any(self.opens(key, talk) for key in shortcut(self, talk))]

    def opens(self, key: bytes, talk: Row) -> str:
        """What somebody said in a talk, when this is its data key, or a key to that; else nothing."""
        for found in (key, *self._data_keys(key, talk)):
            for sealed, place in self._sealed(talk):
                try:
                    return str(crypto.unseal_json(found, sealed, *place))
                except crypto.SealBroken:
                    continue
        return ""

    def values(self, talk: Row) -> Iterator[bytes]:
        """Every value of a talk's rows as bytes, and the keys that are everybody's."""
        for row in (talk, self._keys[talk["id"]]):
            yield from (_bytes(value) for value in row.values())
        yield from (self.inner(talk, "by_token"), self.inner(talk, "by_code"))
        yield from (*self.master.keys.values(), self.index_key)

    def _data_keys(self, key: bytes, talk: Row) -> Iterator[bytes]:
        for column, lock in (("by_token", "token"), ("by_code", "code")):
            try:
                yield crypto.unseal(key, self.inner(talk, column), lock, talk["id"])
            except crypto.SealBroken:
                continue

    def _sealed(self, talk: Row) -> Iterator[tuple[bytes, tuple[str | int, ...]]]:
        yield bytes(talk["record"]), ("conversations", talk["id"], talk["version"])
        for row in self._parts["messages"]:
            if row["conversation_id"] == talk["id"]:
                yield bytes(row["ciphertext"]), ("messages", talk["id"], row["seq"])
        for row in self._parts["turns"]:
            if row["conversation_id"] == talk["id"]:
                yield bytes(row["reply"]), ("turns", talk["id"], bytes(row["message_id_hmac"]).hex())


def master_key(thief: Thief, talk: Row) -> Iterator[bytes]:
    """Try the outer keys on what they did not lock."""
    yield from (*thief.master.keys.values(), thief.index_key)


def inner_locks_as_keys(thief: Thief, talk: Row) -> Iterator[bytes]:
    """Try every stretch of 32 bytes of a half opened lock: a seal that forgot to encrypt would show the key."""
    for column in ("by_token", "by_code"):
        inner = thief.inner(talk, column)
        yield from (inner[start : start + KEY] for start in range(len(inner) - KEY + 1))


def values_as_keys(thief: Thief, talk: Row) -> Iterator[bytes]:
    """Try hashes, index, salt, ids and times, as they are and hashed."""
    for value in thief.values(talk):
        yield from (value[:KEY].ljust(KEY, b"\0"), value[-KEY:].rjust(KEY, b"\0"), hashlib.sha256(value).digest())
        yield from (crypto.lookup_hash(key, value.hex()) for key in (thief.index_key, *thief.master.keys.values()))


def values_as_tokens(thief: Thief, talk: Row) -> Iterator[bytes]:
    """Try values in place of the token, as text in three ways."""
    for value in thief.values(talk):
        for text in (value.hex(), base64.urlsafe_b64encode(value).decode().rstrip("="), value.decode("latin-1")):
            yield crypto.key_from_token(text, bytes(talk["salt"]))


def derived_from_values(thief: Thief, talk: Row) -> Iterator[bytes]:
    """Try what our code derives from a stretched code, starting from values in its place."""
    salt = bytes(talk["salt"])
    for value in thief.values(talk):
        for purpose in PURPOSES:
            once = crypto.derived(value, purpose)
            yield from (once, crypto.derived(value, purpose, salt), crypto.derived(once, "code", salt))


def codes_that_people_would_choose(thief: Thief, talk: Row) -> Iterator[bytes]:
    """Try a few codes by the slow road, at its cheapest."""
    for code in CODES:
        slow = crypto.key_from_code(code, thief.index_key, 2**4)
        yield crypto.derived(crypto.derived(slow, "resume secret"), "code", bytes(talk["salt"]))


SHORTCUTS = (
    master_key,
    inner_locks_as_keys,
    values_as_keys,
    values_as_tokens,
    derived_from_values,
    codes_that_people_would_choose,
)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
