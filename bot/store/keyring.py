"""Keeps each conversation's data key, locked twice, in a small database of its own.

Inside a data key is locked by what only the person holds (token, or resume code), outside by the
master key. Erasing a conversation starts here: without its row no backup can be read any more.
A keyring in PostgreSQL cannot promise that a deleted row leaves the disk before its next vacuum.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.engine import Row

from bot.core.errors import ConversationUnknown, MasterKeyWrong, TokenWrong
from bot.store import crypto
from bot.store.database import Database
from bot.store.masterkey import MasterKeyFile
from bot.store.migrations import migrate
from bot.store.phone_keys import LinkKeys, PhoneKeys
from bot.store.relocking import relock
from bot.store.share_keys import ShareKeys
from bot.store.tables import keyring_tables, keys, link_keys, own_keys, phone_keys, share_keys

INDEX_KEY = "index"
MOST_CONNECTIONS = 4  # to a keyring on a server: a turn reads it once, and writes it when a page is shared
# Statements are built once: building one costs SQLAlchemy more than SQLite needs to run it.
THIS = bindparam("this")
KEY = select(keys).where(keys.c.conversation_id == THIS)
DELETE = delete(keys).where(keys.c.conversation_id == THIS)
# Its shared pages, its phone and its links have keys of their own, which go along.
DELETE_OTHERS = tuple(
    delete(table).where(table.c.conversation_id == THIS) for table in (share_keys, phone_keys, link_keys)
)
OWN_KEY = select(own_keys).where(own_keys.c.name == INDEX_KEY)
# Of two processes that start at once one inserts and both read that one back.
MAKE_OWN_KEY = text(
    "INSERT INTO own_keys (name, master_id, sealed) VALUES (:name, :master_id, :sealed) ON CONFLICT (name) DO NOTHING"
)


@dataclass(frozen=True)
class Stretched:
    """A resume code after a slow step that who runs the server would have to repeat for every guess.

    Args:
        index: what the store looks the conversation up by.
        secret: what the lock of its key is made of.
    """

    index: bytes
    secret: bytes = field(repr=False)


class Keyring:
    """The wrapped data keys, and the key under which resume codes are looked up.

    `shares`, `phones` and `links` hold the keys of pages, phones and one-time links; `post_key` seals what waits to be
    answered or sent, `mail_key` e-mails that wait, `peer_key` what gateways tell each other, and `sign_on_key` who
    signed on.
    """

    def __init__(self, database: Database, master: MasterKeyFile, scrypt_cost: int) -> None:
        self.database = database
        self._master = master
        self._scrypt_cost = scrypt_cost
        self.shares = ShareKeys(database, master)
        migrate(database, "keyring", keyring_tables)
        self._index_key = self._open_index_key()
        self.phones = PhoneKeys(database, master, self._index_key)
        self.links = LinkKeys(database, master)
        self.post_key = crypto.derived(self._index_key, "post")
        self.peer_key = crypto.derived(self._index_key, "peers")
        self.mail_key = crypto.derived(self._index_key, "mail")
        self.sign_on_key = crypto.derived(self._index_key, "sign on")

    @property
    def mark(self) -> bytes:
        """What tells this keyring from another; a database remembers the mark of its own."""
        return crypto.lookup_hash(self._index_key, "keyring")

    def pseudonym(self, text: str) -> str:
        """Turns an address into 16 characters that tell it from others, and nothing more without the keyring."""
        return crypto.lookup_hash(self._index_key, "pseudonym:" + text).hex()[:16]

    def phone_hash(self, kind: str, name: str) -> bytes:
        """Turns a number, or another name that a provider gives, into 32 bytes to look it up by."""
        return crypto.lookup_hash(self._index_key, f"{kind}:{name}")

    def talk_mark(self, conversation_id: str) -> bytes:
        """Turns a conversation's id into 32 bytes to find it by, which tell nothing without the keyring."""
        return crypto.lookup_hash(self._index_key, "talk:" + conversation_id)

    def stretch(self, code: str) -> Stretched:
        """Works a tidied resume code into index and secret; slow on purpose.

        One hash under a key would let who holds keyring and master key try all codes in days.
        """
        slow = crypto.key_from_code(code, self._index_key, self._scrypt_cost)
        return Stretched(crypto.derived(slow, "resume index"), crypto.derived(slow, "resume secret"))

    def add(self, conversation_id: str, salt: bytes, token: str, code: Stretched, now: datetime) -> bytes:
        """Makes a data key for a new conversation and keeps it, locked by token and by code.

        Returns:
            The data key, 32 bytes.
        """
        data_key = os.urandom(crypto.KEY_BYTES)
        by_token = crypto.seal(crypto.key_from_token(token, salt), data_key, "token", conversation_id)
        by_code = crypto.seal(crypto.derived(code.secret, "code", salt), data_key, "code", conversation_id)
        row = self._outer(conversation_id, by_token, by_code)
        with self.database.writing() as connection:
            connection.execute(insert(keys), {**row, "made_at": now})
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

    def with_code(self, conversation_id: str, salt: bytes, code: Stretched) -> bytes:
        """Gives the data key to who holds the resume code.

        Raises:
            ConversationUnknown: the key is gone, or the code is another's.
        """
        row = self._row(conversation_id)
        inner = self._unlock(row, "by_code")
        try:
            return crypto.unseal(crypto.derived(code.secret, "code", salt), inner, "code", conversation_id)
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
        with self.database.writing() as connection:
            there = update(keys).where(keys.c.conversation_id == conversation_id).values(row)
            if connection.execute(there).rowcount == 0:
                raise ConversationUnknown(conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Destroys a conversation's key and those of its shares, phone and links; nothing happens when it has none."""
        with self.database.writing() as connection:
            connection.execute(DELETE, {"this": conversation_id})
            for statement in DELETE_OTHERS:
                connection.execute(statement, {"this": conversation_id})
        self.forget_deleted()

    def forget_deleted(self) -> None:
        """Takes destroyed keys out of the write-ahead log too, if a reader held that up before."""
        self.database.forget_deleted()

    def relock(self) -> int:
        """Locks by the current master key what another one locked; tells how many rows."""
        return relock(self.database, self._master.keys())

    def ping(self) -> None:
        """Reads one row, and writes.

        Raises:
            DatabaseDown: the keyring cannot be read, or no key can be kept.
        """
        with self.database.reading() as connection:
            connection.execute(OWN_KEY).first()
        self.database.beat("keyring_version")

    def close(self) -> None:
        """Closes the keyring's connections."""
        self.database.close()

    def _row(self, conversation_id: str) -> Row:
        with self.database.reading() as connection:
            row = connection.execute(KEY, {"this": conversation_id}).one_or_none()
        if row is None:
            raise ConversationUnknown(conversation_id)
        return row

    def _outer(self, conversation_id: str, by_token: bytes, by_code: bytes) -> dict[str, Any]:
        master = self._master.keys()
        return {
            "conversation_id": conversation_id,
            "master_id": master.current,
            "by_token": master.lock(by_token, "by_token", conversation_id),
            "by_code": master.lock(by_code, "by_code", conversation_id),
        }

    def _unlock(self, row: Row, column: str) -> bytes:
        return self._master.keys().unlock(row.master_id, row[column], column, row.conversation_id)

    def _open_index_key(self) -> bytes:
        # It is also the canary: opening it shows at start whether this master key made this keyring.
        self._make_index_key_if_absent()
        with self.database.reading() as connection:
            row = connection.execute(OWN_KEY).one()
        try:
            return self._master.keys().unlock(row.master_id, row.sealed, INDEX_KEY)
        except crypto.SealBroken as error:
            raise MasterKeyWrong(f"master key {row.master_id!r} is not the one that made the keyring") from error

    def _make_index_key_if_absent(self) -> None:
        master = self._master.keys()
        sealed = master.lock(os.urandom(crypto.KEY_BYTES), INDEX_KEY)
        row = {"name": INDEX_KEY, "master_id": master.current, "sealed": sealed}
        with self.database.writing() as connection:
            connection.execute(MAKE_OWN_KEY, row)
