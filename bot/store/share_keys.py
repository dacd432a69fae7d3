"""Keeps the key of each shared page in the keyring: erasing or withdrawing it closes backups of the page too."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Row

from bot.store import crypto
from bot.store.database import Database
from bot.store.masterkey import MasterKeyFile
from bot.store.tables import keys, share_keys
from bot.store.values import SealedShare

LOCK = "by_share_code"  # the place that the outer lock is bound to


def sealed_by_code(key: bytes, share_id: str, code: str, cost: int) -> bytes:
    """Locks a page's key by its share id and code; slow on purpose."""
    return crypto.seal(_code_key(share_id, code, cost), key, "share", share_id)


class ShareKeys:
    """The pages' keys, locked inside by link and code and outside by the master key."""

    def __init__(self, database: Database, master: MasterKeyFile) -> None:
        self._database = database
        self._master = master

    def add(self, conversation_id: str, sealed: Sequence[SealedShare], now: datetime) -> None:
        """Keeps the keys of new shares."""
        rows = [self._row(conversation_id, share, now) for share in sealed]
        if rows:
            with self._database.writing() as connection:
                connection.execute(insert(share_keys), rows)

    def find(self, share_id: str) -> Row | None:
        """The locked key of a share, or None when it was destroyed or never made."""
        mine = share_keys.c.share_hash == crypto.plain_hash(share_id)
        with self._database.reading() as connection:
            return connection.execute(select(share_keys).where(mine)).one_or_none()

    def unlock(self, row: Row | None, share_id: str, code: str) -> bytes:
        """Gives the page's key to who has link and code; slow on purpose.

        Raises:
            SealBroken: the code is another's.
            MasterKeyWrong: the master key that locked it is gone.
        """
        if row is None:
            raise crypto.SealBroken("no key")
        inner = self._master.keys().unlock(row.master_id, row.by_code, LOCK, row.share_hash.hex())
        return crypto.unseal(_code_key(share_id, code, row.scrypt_cost), inner, "share", share_id)

    def forget(self, share_hashes: Sequence[bytes]) -> None:
        """Destroys the keys of these shares."""
        if share_hashes:
            with self._database.writing() as connection:
                connection.execute(delete(share_keys).where(share_keys.c.share_hash.in_(share_hashes)))
            self._database.forget_deleted()

    def forget_orphans(self, before: datetime) -> None:
        """Destroys keys made before this moment whose talk has no key any more: it was erased while it shared."""
        alone = share_keys.c.conversation_id.not_in(select(keys.c.conversation_id))
        with self._database.writing() as connection:
            connection.execute(delete(share_keys).where(alone, share_keys.c.made_at < before))

    def _row(self, conversation_id: str, share: SealedShare, now: datetime) -> dict[str, object]:
        share_hash, master = crypto.plain_hash(share.share_id), self._master.keys()
        return {
            "share_hash": share_hash,
            "conversation_id": conversation_id,
            "master_id": master.current,
            "by_code": master.lock(share.by_code, LOCK, share_hash.hex()),
            "scrypt_cost": share.scrypt_cost,
            "made_at": now,
        }


def _code_key(share_id: str, code: str, cost: int) -> bytes:
    return crypto.key_from_code(code, share_id.encode("utf-8", "surrogatepass"), cost)
