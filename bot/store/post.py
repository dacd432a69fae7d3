"""What a provider delivered, answered once across processes and restarts.

Words stay here, sealed, only until they are answered; an id's hash stays as long as the provider may repeat it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.store.outbox import DUE, Outbox
from bot.store.phones import Phone
from bot.store.retention import LATE, LEASE, REPEATS
from bot.store.tables import inbox, outbox
from bot.store.values import Delivered, Document, Letter

ANSWERED = {"sealed": None, "claimed_until": None, "person": None}
LEFT = select(inbox).where(inbox.c.sealed.is_not(None)).order_by(inbox.c.said_at, inbox.c.received_at).limit(DUE)


class Post(Outbox):
    """The inbox of one database, with the outbox that its answers go to."""

    def receive(self, messages: Sequence[Delivered]) -> list[bytes]:
        """Keep messages that did not come before, for this process to answer.

        Returns:
            The marks of those that are new, or that nobody answered and nobody can any more.

        Raises:
            DatabaseDown: nothing was kept; the provider will deliver again.
        """
        with self._database.writing() as connection:
            return [mark for one in messages if (mark := self._receive(connection, one)) is not None]

    def waiting(self) -> list[Delivered]:
        """Messages whose process stopped before it answered them; they are this process's own now."""
        now = self._clock()
        left = LEFT.where(inbox.c.claimed_until <= now)
        if not self._any(left):
            return []
        with self._database.writing() as connection:
            rows = connection.execute(left.with_for_update(skip_locked=True)).all()
            mine = inbox.c.message_hash.in_([row.message_hash for row in rows])
            connection.execute(update(inbox).where(mine).values(claimed_until=now + LEASE))
        return [self._delivered(row) for row in rows]

    def renew(self, marks: Sequence[bytes]) -> None:
        """Keep messages that are still in hand here from being taken over by another process."""
        mine = and_(inbox.c.message_hash.in_(marks), inbox.c.claimed_until.is_not(None))
        with self._database.writing() as connection:
            connection.execute(update(inbox).where(mine).values(claimed_until=self._clock() + LEASE))

    def earlier(self, mark: bytes) -> list[bytes]:
        """The marks of messages that the same person sent before this one and that nobody answered yet."""
        this, other = inbox.alias(), inbox
        before = or_(
            other.c.said_at < this.c.said_at,
            and_(other.c.said_at == this.c.said_at, other.c.received_at < this.c.received_at),
        )
        wanted = select(other.c.message_hash).join(this, and_(this.c.person == other.c.person, before))
        with self._database.reading() as connection:
            open_ones = wanted.where(this.c.message_hash == mark, other.c.claimed_until > self._clock())
            return [bytes(found) for found in connection.execute(open_ones).scalars()]

    def is_open(self, mark: bytes) -> bool:
        """Whether a message was received and is not answered yet."""
        mine = and_(inbox.c.message_hash == mark, inbox.c.claimed_until.is_not(None))
        return self._any(select(inbox.c.message_hash).where(mine))

    def answer(
        self, mark: bytes, letters: Sequence[Letter], phone: Phone | None = None, shown: Document | None = None
    ) -> bool:
        """Let go of a message and keep the reply to be sent, in one transaction.

        Args:
            phone, shown: what stands on the screen of which phone afterwards.

        Returns:
            Whether this was the first answer; a second one is dropped.

        Raises:
            DatabaseDown: nothing was changed.
        """
        undone = and_(inbox.c.message_hash == mark, inbox.c.claimed_until.is_not(None))
        with self._database.writing() as connection:
            done = connection.execute(update(inbox).where(undone).values(ANSWERED)).rowcount
            if done:
                self._add(connection, letters)
                if phone is not None and shown is not None:
                    self.phones.show(connection, phone, shown)
        return bool(done)

    def forget_old(self, now: datetime) -> None:
        """Delete ids that cannot come again, words that nobody could answer, and replies that come too late."""
        with self._database.writing() as connection:
            connection.execute(delete(inbox).where(inbox.c.received_at <= now - REPEATS))
            late = and_(inbox.c.received_at <= now - LATE, inbox.c.sealed.is_not(None))
            connection.execute(update(inbox).where(late).values(ANSWERED))
            connection.execute(delete(outbox).where(outbox.c.made_at <= now - LATE))
        self.phones.forget_old(now)

    def _receive(self, connection: Connection, message: Delivered) -> bytes | None:
        now, mark = self._clock(), self.mark(message.message_id)
        mine = inbox.c.message_hash == mark
        before = connection.execute(select(inbox.c.sealed, inbox.c.claimed_until).where(mine)).one_or_none()
        if before is not None:
            is_lost = before.sealed is None and before.claimed_until is not None and before.claimed_until <= now
            if is_lost:
                connection.execute(update(inbox).where(mine).values(claimed_until=now + LEASE))
            return mark if is_lost else None
        person = self._keyring.phone_hash("person", message.address)
        row = {
            "message_hash": mark,
            "person": person,
            "said_at": message.said_at,
            "received_at": now,
            "claimed_until": now + LEASE,
        }
        row["sealed"] = message.content and self._seal(message.content, "inbox", mark.hex())
        # Another process may have taken the same delivery meanwhile: of two only one inserts.
        dialect = sqlite if self._database.is_sqlite else postgresql
        made = connection.execute(dialect.insert(inbox).values(row).on_conflict_do_nothing())
        return mark if made.rowcount else None

    def _delivered(self, row: Any) -> Delivered:
        content = self._unseal(row.sealed, "inbox", row.message_hash.hex())
        return Delivered("", row.said_at, content=content, mark=row.message_hash)
