"""E-mails to contact persons: kept with the share that they tell of, sent by one process, as long as it can be opened.

The address is sealed with a key of the server, because whoever sends it must read it. Of the page it holds the link,
and never the code or a word.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.store import crypto
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.retention import MAIL_LEASE
from bot.store.tables import mails, shares
from bot.store.values import Mail

OPEN = and_(mails.c.share_hash == shares.c.share_hash, shares.c.ciphertext.is_not(None))
NEXT = select(mails).join(shares, OPEN).order_by(mails.c.not_before).limit(1)


class Mails:
    """The e-mails that wait in one database."""

    def __init__(self, database: Database, keyring: Keyring, clock: Clock, is_on: bool) -> None:
        """Read the queue of this database.

        Args:
            is_on: whether a process sends what is put in it.
        """
        self._database, self._key, self._clock = database, keyring.mail_key, clock
        self.is_on = is_on

    def take(self) -> Mail | None:
        """The one that waits longest, for this process to send; None when there is none.

        Raises:
            DatabaseDown: the queue cannot be read.
        """
        now = self._clock()
        due = NEXT.where(mails.c.not_before <= now, shares.c.expires_at > now)
        with self._database.reading() as connection:  # asked every few seconds, and a question locks nobody out
            if connection.execute(due).first() is None:
                return None
        until = now + MAIL_LEASE
        with self._database.writing() as connection:
            row = connection.execute(due.with_for_update(skip_locked=True, of=mails)).one_or_none()
            if row is None:
                return None
            mine = mails.c.share_hash == row.share_hash
            connection.execute(update(mails).where(mine).values(not_before=until))
        body = crypto.unseal_json(self._key, row.sealed, "mails", row.share_hash.hex())
        return Mail(**body, tries=row.tries, claimed=until)

    def sent(self, mail: Mail) -> None:
        """Let go of one that was sent, and note when."""
        with self._database.writing() as connection:
            if connection.execute(delete(mails).where(_claimed(mail))).rowcount:
                mine = shares.c.share_hash == crypto.plain_hash(mail.share_id)
                connection.execute(update(shares).where(mine).values(mailed_at=self._clock()))

    def postpone(self, mail: Mail, until: datetime) -> None:
        """Try it again later."""
        later = {"not_before": until, "tries": mails.c.tries + 1}
        with self._database.writing() as connection:
            connection.execute(update(mails).where(_claimed(mail)).values(later))


def add(connection: Connection, key: bytes, conversation_id: str, new: Sequence[Mail], now: datetime) -> None:
    """Puts e-mails in the queue inside the turn's transaction."""
    for mail in new:
        share_hash = crypto.plain_hash(mail.share_id)
        body = {"share_id": mail.share_id, "to": mail.to, "reference": mail.reference}
        row = {"share_hash": share_hash, "conversation_id": conversation_id, "made_at": now, "not_before": now}
        row["sealed"] = crypto.seal_json(key, body, "mails", share_hash.hex())
        connection.execute(insert(mails), row)


def drop(connection: Connection, share_hashes: Sequence[bytes]) -> None:
    """Lets go of what was to be told of pages that are closed."""
    connection.execute(delete(mails).where(mails.c.share_hash.in_(share_hashes)))


def _claimed(mail: Mail) -> ColumnElement:
    # who took longer than its lease must not touch what another process has in hand
    return and_(mails.c.share_hash == crypto.plain_hash(mail.share_id), mails.c.not_before == mail.claimed)
