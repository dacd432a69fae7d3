"""Locks every key of the keyring by the current master key, while others serve."""

from dataclasses import dataclass

from sqlalchemy import Table, select, update
from sqlalchemy.engine import Row

from bot.store import phone_keys as phone
from bot.store.database import Database
from bot.store.masterkey import MasterKeys
from bot.store.share_keys import LOCK
from bot.store.tables import keys, link_keys, own_keys, phone_keys, share_keys

CHUNK = 200  # rows in one transaction: short enough for nobody to notice


@dataclass(frozen=True)
class Locked:
    """A column with something that the master key locked, and the place that the lock is bound to.

    Args:
        place: what comes before the row's own name; empty when the name is all.
    """

    table: Table
    column: str
    name: str
    place: tuple[str, ...] = ()

    def place_of(self, row: Row) -> tuple[str, ...]:
        """The place of one row's lock."""
        name = row[self.name]
        return (*self.place, name if isinstance(name, str) else bytes(name).hex())


KEYRING = (
    tuple(Locked(keys, column, "conversation_id", (column,)) for column in ("by_token", "by_code")),
    (Locked(share_keys, "by_code", "share_hash", (LOCK,)),),
    (Locked(phone_keys, phone.PHONE, "conversation_id", (phone.PHONE,)),),
    (Locked(link_keys, phone.LINK, "link_hash", (phone.LINK,)),),
    (Locked(own_keys, "sealed", "name"),),
)


def relock(database: Database, master: MasterKeys) -> int:
    """Replaces the outer lock of every row that another master key locked.

    Returns:
        How many rows got a new lock.

    Raises:
        MasterKeyWrong: the file lacks the key that locked a row.
    """
    return sum(_relock_table(database, master, columns) for columns in KEYRING)


def _relock_table(database: Database, master: MasterKeys, columns: tuple[Locked, ...]) -> int:
    table, name = columns[0].table, columns[0].table.c[columns[0].name]
    old = select(table).where(table.c.master_id != master.current).order_by(name).limit(CHUNK)
    done, last = 0, None
    while True:
        with database.writing() as connection:
            rows = connection.execute(old if last is None else old.where(name > last)).all()
            for row in rows:
                # Only while nobody else renewed the row: a newer token must not be undone.
                same = [table.c[one.column] == row[one.column] for one in columns]
                this = update(table).where(name == row[name.name], *same)
                done += connection.execute(this.values(_new(row, master, columns))).rowcount
        if not rows:
            return done
        last = rows[-1][name.name]


def _new(row: Row, master: MasterKeys, columns: tuple[Locked, ...]) -> dict[str, object]:
    locks: dict[str, object] = {"master_id": master.current}
    for one in columns:
        plain = master.unlock(row.master_id, row[one.column], *one.place_of(row))
        locks[one.column] = master.lock(plain, *one.place_of(row))
    return locks
