"""Copies the database of the words, and never the keyring: whoever erases a talk erases its backups too.

The copy is a SQLite file whatever the database is, so that one way to restore is enough.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import Connection

from bot.core.errors import BackupThere, BackupUnreadable, DatabaseInUse
from bot.store import tables
from bot.store.database import Database
from bot.store.migrations import migrate
from bot.store.tables import about, audit, conversations, opt_ins, store_tables

SQLITE = b"SQLite format 3\x00"  # how such a file begins: https://www.sqlite.org/fileformat.html
NAME = "voorgesprek-backup.db"
ROWS = 500  # copied at once, so that a big database does not have to fit in memory
# Parents before their children; what waits to be answered or sent is none of it, or it would be sent twice. Nor are the
# counts of the running quarter: of two backups one could tell what was chosen on the day between.
ORDER = (
    *(about, conversations, tables.messages, tables.turns, tables.shares),
    *(tables.phones, opt_ins, audit, tables.invitations, tables.published),
)
NUMBERED = {audit.c.seq, opt_ins.c.seq}


def backup(database: Database, folder: Path) -> Path:
    """Copies every row as it is at one moment, while the bot serves.

    Args:
        folder: made when absent; its `voorgesprek-backup.db` must not exist yet.

    Raises:
        BackupThere: there is a backup in this folder already.
        DatabaseDown: the database cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / NAME
    if path.exists():
        raise BackupThere(f"{path} exists; name another folder")
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    copy = Database(f"sqlite:///{draft}")
    migrate(copy, "store", store_tables)
    with database.one_moment() as source, copy.writing() as target:
        _copy(source, target)
    copy.forget_deleted()
    copy.close()  # the last connection takes the write-ahead log along
    os.replace(draft, path)
    return path


def restore(database: Database, path: Path) -> int:
    """Puts a backup into an empty database; talks that were erased since stay closed: their keys are gone.

    Returns:
        How many talks it held.

    Raises:
        BackupUnreadable: there is no backup at this place.
        DatabaseInUse: there are talks in this database.
        DatabaseDown: the database cannot be reached.
    """
    if not _is_backup(path):
        raise BackupUnreadable(f"{path} is no backup")
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", future=True)
    with engine.connect() as source, database.writing() as target:
        if target.execute(select(conversations.c.id).limit(1)).first():
            raise DatabaseInUse("restore into an empty database")
        target.execute(about.delete())
        _copy(source, target)
        return len(target.execute(select(conversations.c.id)).all())


def _is_backup(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _copy(source: Connection, target: Connection) -> None:
    for table in ORDER:
        # The database numbers notes itself: PostgreSQL's counter would not know of numbers that we gave.
        columns = [column for column in table.columns if column not in NUMBERED]
        in_order = select(*columns).order_by(*table.primary_key.columns)
        for rows in _chunks(source.execute(in_order)):
            target.execute(insert(table), rows)


def _chunks(result: Any) -> Iterator[list[dict[str, Any]]]:
    while rows := result.fetchmany(ROWS):
        yield [dict(row) for row in rows]
