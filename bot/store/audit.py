"""Notes who or what did what to which share, and when; never what was on it. Rows are only added."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.store import crypto
from bot.store.clock import iso
from bot.store.database import Database
from bot.store.retention import AUDIT
from bot.store.tables import audit
from bot.store.values import Document

TRIED, OPENED, READ, WITHDRAWN, CLOSED = "tried", "opened", "read", "withdrawn", "closed"
PERSON = "person"  # the one whose page it is
UNKNOWN = "unknown"


def note(connection: Connection, event: str, share_hash: bytes, actor: str, now: datetime) -> None:
    """Adds a row inside the caller's transaction.

    Args:
        event: `tried` (a code was given), `opened` (it was right), `read` (who opened it told so), `withdrawn`,
            `closed` (after too many wrong codes).
        actor: `person`, or a pseudonym of the address that asked.
    """
    row = {"at": now, "event": event, "share_hash": share_hash, "actor": actor}
    connection.execute(insert(audit), row)


def read(database: Database, share_id: str | None = None) -> Iterator[Document]:
    """Gives the rows, oldest first: `{"at", "event", "share", "actor"}`; `share` is the hash of the link's id.

    Args:
        share_id: of one share only; who has no link cannot tell whose share a row is about.
    """
    wanted = select(audit).order_by(audit.c.seq)
    if share_id is not None:
        wanted = wanted.where(audit.c.share_hash == crypto.plain_hash(share_id))
    with database.reading() as connection:
        for row in connection.execute(wanted):
            yield {"at": iso(row.at), "event": row.event, "share": row.share_hash.hex()[:12], "actor": row.actor}


def forget_old(database: Database, now: datetime) -> None:
    """Deletes rows that nobody can complain about any more."""
    with database.writing() as connection:
        connection.execute(delete(audit).where(audit.c.at <= now - AUDIT))
