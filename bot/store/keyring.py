"""Keeps each conversation's data key, locked twice, in a small database of its own.

Inside a data key is locked by what only the person holds (token, or resume code), outside by the
master key. Erasing a conversation starts here: without its row no backup can be read any more.
A keyring in PostgreSQL cannot promise that a deleted row leaves the disk before its next vacuum.
"""

import os
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.engine import Row

from bot.core.errors import ConversationUnknown, MasterKeyWrong, TokenWrong
from bot.store import crypto
from bot.store.database import Database
from bot.store.masterkey import MasterKeys
from bot.store.migrations import migrate
from bot.store.tables import keyring_tables, keys, own_keys

INDEX_KEY = "index"
# Statements are built once: building one costs SQLAlchemy more than SQLite needs to run it.
THIS = bindparam("this")
KEY = select(keys).where(keys.c.conversation_id == THIS)
DELETE = delete(keys).where(keys.c.conversation_id == THIS)
OWN_KEY = select(own_keys).where(own_keys.c.name == INDEX_KEY)
# Of two processes that start at once one inserts and both read that one back.
MAKE_OWN_KEY = text(
    "INSERT INTO own_keys (name, master_id, sealed) VALUES (:name, :master_id, :sealed) ON CONFLICT (name) DO NOTHING"
)


class Keyring:
    """The wrapped data keys, and the key under which resume codes are looked up."""

    def __init__(self, database: Database, master: MasterKeys, scrypt_cost: int) -> None:
        self._database = database
        self._master = master
        self._scrypt_cost = scrypt_cost
        migrate(database, "keyring", keyring_tables)
        self._index_key = self._open_index_key()

    def resume_index(self, code: str) -> bytes:
        """Turns a tidied resume code into what the store looks it up by."""
        return crypto.lookup_hash(self._index_key, code)

    def add(self, conversation_id: str, salt: bytes, token: str, code: str) -> bytes:
        """Makes a data key for a new conversation and keeps it, locked by token and by code.

        Returns:
            The data key, 32 bytes.
        """
        data_key = os.urandom(crypto.KEY_BYTES)
        by_token = crypto.seal(crypto.key_from_token(token, salt), data_key, "token", conversation_id)
        code_key = crypto.key_from_code(code, salt, self._scrypt_cost)
        by_code = crypto.seal(code_key, data_key, "code", conversation_id)
        row = self._outer(conversation_id, by_token, by_code)
        with self._database.writing() as connection:
            connection.execute(insert(keys), {**row, "scrypt_cost": self._scrypt_cost})
        return data_key

    def with_token(self, conversation_id: str, salt: bytes, token: str) -> bytes:
        """Gives the data key to who holds the token.

        Raises:
            TokenWrong: this token does not open it.
            ConversationUnknown: the key is gone.
        """
        row = self._row(conversation_id)
        inner = self._unlock(row, "by_token")
        try:
            return crypto.unseal(crypto.key_from_token(token, salt), inner, "token", conversation_id)
        except crypto.SealBroken as error:
            raise TokenWrong("the token does not open the key") from error

    def with_code(self, conversation_id: str, salt: bytes, code: str) -> bytes:
        """Gives the data key to who holds the resume code.

        Raises:
            ConversationUnknown: the key is gone, or the code is another's.
        """
        row = self._row(conversation_id)
        inner = self._unlock(row, "by_code")
        try:
            code_key = crypto.key_from_code(code, salt, row.scrypt_cost)
            return crypto.unseal(code_key, inner, "code", conversation_id)
        except crypto.SealBroken as error:
            raise ConversationUnknown("the code does not open the key") from error

    def replace_token(self, conversation_id: str, salt: bytes, token: str, data_key: bytes) -> None:
        """Locks the data key by a new token, and by the current master key; the old token is dead.

        Raises:
            ConversationUnknown: the key is gone.
        """
        by_code = self._unlock(self._row(conversation_id), "by_code")
        by_token = crypto.seal(crypto.key_from_token(token, salt), data_key, "token", conversation_id)
        row = self._outer(conversation_id, by_token, by_code)
        with self._database.writing() as connection:
            there = update(keys).where(keys.c.conversation_id == conversation_id).values(row)
            if connection.execute(there).rowcount == 0:
                raise ConversationUnknown(conversation_id)

    def has(self, conversation_id: str) -> bool:
        """Says whether the conversation still has its key, so has not been erased."""
        with self._database.reading() as connection:
            return connection.execute(KEY, {"this": conversation_id}).first() is not None

    def forget(self, conversation_id: str) -> None:
        """Destroys a conversation's key; nothing happens when it has none."""
        with self._database.writing() as connection:
            connection.execute(DELETE, {"this": conversation_id})
        self.forget_deleted()

    def forget_deleted(self) -> None:
        """Takes destroyed keys out of the write-ahead log too, if a reader held that up before."""
        self._database.forget_deleted()

    def ping(self) -> None:
        """Reads one row.

        Raises:
            DatabaseDown: the keyring cannot be read.
        """
        with self._database.reading() as connection:
            connection.execute(OWN_KEY).first()

    def close(self) -> None:
        """Closes the keyring's connections."""
        self._database.close()

    def _row(self, conversation_id: str) -> Row:
        with self._database.reading() as connection:
            row = connection.execute(KEY, {"this": conversation_id}).one_or_none()
        if row is None:
            raise ConversationUnknown(conversation_id)
        return row

    def _outer(self, conversation_id: str, by_token: bytes, by_code: bytes) -> dict[str, Any]:
        return {
            "conversation_id": conversation_id,
            "master_id": self._master.current,
            "by_token": self._master.lock(by_token, "by_token", conversation_id),
            "by_code": self._master.lock(by_code, "by_code", conversation_id),
        }

    def _unlock(self, row: Row, column: str) -> bytes:
        return self._master.unlock(row.master_id, row[column], column, row.conversation_id)

    def _open_index_key(self) -> bytes:
        # It is also the canary: opening it shows at start whether this master key made this keyring.
        self._make_index_key_if_absent()
        with self._database.reading() as connection:
            row = connection.execute(OWN_KEY).one()
        try:
            return self._master.unlock(row.master_id, row.sealed, INDEX_KEY)
        except crypto.SealBroken as error:
            raise MasterKeyWrong(f"master key {row.master_id!r} is not the one that made the keyring") from error

    def _make_index_key_if_absent(self) -> None:
        row = {
            "name": INDEX_KEY,
            "master_id": self._master.current,
            "sealed": self._master.lock(os.urandom(crypto.KEY_BYTES), INDEX_KEY),
        }
        with self._database.writing() as connection:
            connection.execute(MAKE_OWN_KEY, row)
