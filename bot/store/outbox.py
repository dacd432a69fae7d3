"""What is still to be sent to a provider: in order for each person, each once, across processes and restarts."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.store import crypto
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.phones import Phone, Phones, Sender
from bot.store.retention import LEASE
from bot.store.tables import outbox
from bot.store.values import Document, Letter

REFERENCE_BYTES = 16
DUE = 200  # rows looked at in one round
_earlier = outbox.alias()
# The first of each person, what cannot wait before what can: who is still to be told something earlier, waits.
FIRST = ~exists().where(
    _earlier.c.person == outbox.c.person,
    _earlier.c.sent_hash.is_(None),
    or_(
        and_(_earlier.c.urgent == outbox.c.urgent, _earlier.c.seq < outbox.c.seq),
        and_(_earlier.c.urgent, ~outbox.c.urgent),
    ),
)
NEXT = select(outbox).where(outbox.c.sent_hash.is_(None), FIRST).order_by(outbox.c.seq).limit(DUE)


class Outbox:
    """The outbox of one database."""

    def __init__(self, database: Database, keyring: Keyring, phones: Phones, clock: Clock) -> None:
        self._database, self.phones, self._clock = database, phones, clock
        self._keyring = keyring

    def now(self) -> datetime:
        """The present moment."""
        return self._clock()

    def mark(self, message_id: str) -> bytes:
        """The keyed hash by which a message is known: a provider's id may hold a phone number."""
        return self._keyring.phone_hash("message", message_id)

    def forget(self, conversation_id: str) -> None:
        """Let go of what waits to be sent to a conversation's phone, because all of it is erased."""
        phone = self.phones.of(conversation_id)
        if phone is not None:
            person = self._keyring.phone_hash("person", phone.sender.address)
            with self._database.writing() as connection:
                connection.execute(delete(outbox).where(outbox.c.person == person))

    def letter(self, to: Sender, body: Document, urgent: bool = False) -> Letter:
        """A message to be sent, with the address of who gets it."""
        person = self._keyring.phone_hash("person", to.address)
        return Letter(person, {"to": [to.number, to.user], "body": body}, urgent)

    def send(self, letters: Sequence[Letter], phone: Phone | None = None, shown: Document | None = None) -> None:
        """Keep something to be sent that answers no message."""
        with self._database.writing() as connection:
            self._add(connection, letters)
            if phone is not None and shown is not None:
                self.phones.show(connection, phone, shown)

    def due(self) -> list[Letter]:
        """What may be sent now: of each person the first; it is this process's own for a while."""
        now = self._clock()
        first = NEXT.where(outbox.c.not_before <= now)
        if not self._any(first):
            return []
        with self._database.writing() as connection:
            rows = connection.execute(first.with_for_update(skip_locked=True, of=outbox)).all()
            mine = outbox.c.seq.in_([row.seq for row in rows])
            connection.execute(update(outbox).where(mine).values(not_before=now + LEASE))
        return [self._letter(row) for row in rows]

    def taken(self, letter: Letter, message_id: str) -> None:
        """Note that the provider took it under this id; whether it arrives is told later, or was told already."""
        this = update(outbox).where(_row_of(letter), outbox.c.tries == letter.tries)
        with self._database.writing() as connection:
            connection.execute(this.values(sent_hash=self.mark(message_id), urgent=False))

    def confirmed(self, known: Sequence[tuple[str, str]]) -> None:
        """Note what the provider has, where its answer was lost: it must not be sent a second time.

        Args:
            known: our reference and the provider's id of each message.
        """
        with self._database.writing() as connection:
            for reference, message_id in known:
                mine = and_(outbox.c.reference == _reference(reference), outbox.c.sent_hash.is_(None))
                connection.execute(update(outbox).where(mine).values(sent_hash=self.mark(message_id)))

    def drop(self, letter: Letter) -> None:
        """Let go of what can never be sent."""
        with self._database.writing() as connection:
            connection.execute(delete(outbox).where(_row_of(letter)))

    def arrived(self, message_ids: Sequence[str]) -> None:
        """Let go of what the provider passed on."""
        hashes = [self.mark(message_id) for message_id in message_ids]
        with self._database.writing() as connection:
            connection.execute(delete(outbox).where(outbox.c.sent_hash.in_(hashes)))

    def came_back(self, message_id: str) -> Letter | None:
        """What the provider took and could not pass on, waiting again as it did before; None when it is not known."""
        mine = outbox.c.sent_hash == self.mark(message_id)
        with self._database.writing() as connection:
            row = connection.execute(select(outbox).where(mine).order_by(outbox.c.seq.desc())).first()
            if row is not None:
                later = {"sent_hash": None, "not_before": self._clock() + LEASE}
                connection.execute(update(outbox).where(outbox.c.seq == row.seq).values(later))
        return row and self._letter(row)

    def postpone(self, letter: Letter, until: datetime, is_try: bool = True) -> None:
        """Send it later; what comes after it for the same person waits too.

        Args:
            is_try: whether it was tried, rather than only held back.
        """
        this = update(outbox).where(_row_of(letter))
        with self._database.writing() as connection:
            connection.execute(this.values(not_before=until, tries=outbox.c.tries + int(is_try)))

    def _any(self, wanted: Select) -> bool:
        """Whether there is a row: asked every second, and a question locks nobody out."""
        with self._database.reading() as connection:
            return connection.execute(wanted.limit(1)).first() is not None

    def _add(self, connection: Connection, letters: Sequence[Letter]) -> None:
        now = self._clock()
        for letter in letters:
            row = {
                "person": letter.person,
                "reference": os.urandom(REFERENCE_BYTES),
                "sealed": self._seal(letter.body, "outbox", letter.person.hex()),
            }
            connection.execute(insert(outbox), row | {"urgent": letter.urgent, "made_at": now, "not_before": now})

    def _letter(self, row: Any) -> Letter:
        body = self._unseal(row.sealed, "outbox", row.person.hex())
        return Letter(row.person, body, row.urgent, row.seq, row.tries, row.made_at, row.reference.hex())

    def _seal(self, document: Document, *place: str) -> bytes:
        return crypto.seal_json(self._keyring.post_key, document, *place)

    def _unseal(self, sealed: bytes, *place: str) -> Document:
        document: Document = crypto.unseal_json(self._keyring.post_key, sealed, *place)
        return document


def _reference(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _row_of(letter: Letter) -> Any:
    # SQLite gives a number anew once its row is gone: with its time it is this row or none.
    return and_(outbox.c.seq == letter.seq, outbox.c.made_at == letter.made_at)
