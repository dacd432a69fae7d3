"""Shared pages: each its own copy under its own key, which link and six digits unlock in the keyring."""

import math
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.elements import ColumnElement

from bot.core.errors import CodeWrong, ShareClosed, ShareLocked, ShareUnknown
from bot.store import audit, codes, crypto, mails, share_keys
from bot.store.clock import iso
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.readings import Reading, Readings
from bot.store.tables import shares
from bot.store.values import Document, Renewed, SealedShare

# Source: the store's working agreement. Five tries forgive a typing error; with 25 tries in all, a
# million codes and a link that must be known first, guessing succeeds once in 40,000 times.
WRONG_IN_A_ROW = 5
LOCKED_FOR = timedelta(minutes=15)
WRONG_IN_ALL = 25
WRONG_PER_TALK = 50  # over all pages of one conversation: two of them guessed shut is no accident


def seal(page: Document, expires_at: datetime, cost: int = crypto.SCRYPT_COST, code: str | None = None) -> SealedShare:
    """Locks a page under a new share id and code; pass it on in `Change.new_shares`.

    Args:
        page: what the contact will see, `{"sections", "briefing", "sharedAt", "expiresAt"}`.
        expires_at: the moment the page closes by itself.
        cost: scrypt's n; kept with the share.
        code: digits that its reader has already; without, new ones.
    """
    share_id, key = codes.new_id(), os.urandom(crypto.KEY_BYTES)
    code = codes.tidy(code) if code else codes.new_code(codes.SHARE_DIGITS)
    by_code = share_keys.sealed_by_code(key, share_id, code, cost)
    return SealedShare(share_id, code, key, by_code, reseal(share_id, key, page), expires_at, cost)


def reseal(share_id: str, key: bytes, page: Document) -> bytes:
    """Locks a newer page for a share that exists; pass it on in `Change.renewed`."""
    return crypto.seal_json(key, page, "shares", share_id)


class Shares:
    """Opens shares and tells how they fare."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self.readings = Readings(database)

    def open(self, share_id: str, code: str, now: datetime, actor: str, reading: Reading) -> Document:
        """Opens a shared page for who holds link and code, and notes the first time it was opened.

        Args:
            code: six digits; spaces and dashes do not matter.
            actor: who asks, for the audit.
            reading: who opens it, and whether they tell that they read it.

        Returns:
            The page as it was sealed, `{"sections", "sharedAt", "expiresAt"}`.

        Raises:
            ShareUnknown: there is no such share.
            CodeWrong: wrong digits; counted.
            ShareLocked: five wrong codes in a row; for everyone, for 15 minutes.
            ShareClosed: withdrawn, expired, or 25 wrong codes in all.
            DatabaseDown: a database cannot be reached.
        """
        locked = self._keyring.shares.find(share_id)
        row = self._count_a_try(share_id, locked is not None, now, actor)
        try:
            key = self._keyring.shares.unlock(locked, share_id, codes.tidy(code))
            page: Document = crypto.unseal_json(key, row.ciphertext, "shares", share_id)
        except crypto.SealBroken as error:
            self._close_if_guessed(share_id, actor, now)
            raise CodeWrong(f"{row.wrong_codes + 1} wrong in all") from error
        self._take_the_try_back(share_id, now, actor)
        if reading != Reading():
            self.readings.note(share_id, key, reading, now, actor)
        return page

    def states(self, share_ids: Iterable[str]) -> dict[str, Document]:
        """Tells of each known share `{"openedAt", "withdrawnAt", "wrongCodes"}`, times in ISO or None.

        Raises:
            DatabaseDown: the database cannot be reached.
        """
        by_hash = {crypto.plain_hash(share_id): share_id for share_id in share_ids}
        with self._database.reading() as connection:
            rows = connection.execute(select(shares).where(shares.c.share_hash.in_(by_hash))).all()
        return {by_hash[row.share_hash]: _state(row) for row in rows}

    def wipe_expired(self, now: datetime) -> None:
        """Empties the pages whose time is over, keys first; the hull stays, so that opening says 'closed'."""
        over = (shares.c.expires_at <= now, shares.c.ciphertext.is_not(None))
        with self._database.writing() as connection:
            hashes = list(connection.execute(select(shares.c.share_hash).where(*over)).scalars())
            self._keyring.shares.forget(hashes)
            mails.drop(connection, hashes)
            connection.execute(update(shares).where(*over).values(ciphertext=None))

    def _count_a_try(self, share_id: str, has_key: bool, now: datetime, actor: str) -> Row:
        # Counted as wrong before it is checked: checking is slow on purpose and must not hold the
        # lock, and of many guesses at once no more than five may get this far.
        mine = _mine(share_id)
        with self._database.writing() as connection:
            row = connection.execute(select(shares).where(mine).with_for_update()).one_or_none()
            if row is None:
                raise ShareUnknown("no such share")
            _refuse_closed(row, now)
            if not has_key:  # a row that a backup put back
                raise ShareUnknown("its key is gone")
            _refuse_locked(row, now)
            connection.execute(update(shares).where(mine).values(_one_more_wrong(row, now)))
            audit.note(connection, audit.TRIED, row.share_hash, actor, now)
        return row

    def _close_if_guessed(self, share_id: str, actor: str, now: datetime) -> None:
        of_talk = shares.alias()
        same, is_open = of_talk.c.conversation_id == shares.c.conversation_id, of_talk.c.ciphertext.is_not(None)
        wrong = select(func.sum(of_talk.c.wrong_codes)).where(same, is_open)
        often = (shares.c.wrong_codes >= WRONG_IN_ALL) | (wrong.scalar_subquery() >= WRONG_PER_TALK)
        closing = update(shares).where(_mine(share_id), often, shares.c.ciphertext.is_not(None))
        with self._database.writing() as connection:
            if connection.execute(closing.values(ciphertext=None, wrong_codes=WRONG_IN_ALL)).rowcount:
                self._keyring.shares.forget([crypto.plain_hash(share_id)])
                mails.drop(connection, [crypto.plain_hash(share_id)])
                audit.note(connection, audit.CLOSED, crypto.plain_hash(share_id), actor, now)

    def _take_the_try_back(self, share_id: str, now: datetime, actor: str) -> None:
        values = {
            "wrong_codes": shares.c.wrong_codes - 1,
            "wrong_in_a_row": 0,
            "locked_until": None,
            "opened_at": func.coalesce(shares.c.opened_at, now),
        }
        open_still = (_mine(share_id), shares.c.withdrawn_at.is_(None), shares.c.ciphertext.is_not(None))
        with self._database.writing() as connection:
            if connection.execute(update(shares).where(*open_still).values(values)).rowcount == 0:
                raise ShareClosed("closed while it was opened")
            audit.note(connection, audit.OPENED, crypto.plain_hash(share_id), actor, now)


def add(connection: Connection, conversation_id: str, sealed: list[SealedShare], now: datetime) -> None:
    """Writes new shares inside the turn's transaction."""
    for share in sealed:
        row = {
            "share_hash": crypto.plain_hash(share.share_id),
            "conversation_id": conversation_id,
            "ciphertext": share.ciphertext,
            "created_at": now,
            "expires_at": share.expires_at,
        }
        connection.execute(insert(shares), row)


def renew(connection: Connection, conversation_id: str, renewed: list[Renewed]) -> None:
    """Puts newer pages in a conversation's own shares, but in none that is withdrawn or wiped."""
    for share in renewed:
        live = (_of(conversation_id, share.share_id), shares.c.ciphertext.is_not(None))
        values = {"ciphertext": share.ciphertext, "expires_at": share.expires_at}
        connection.execute(update(shares).where(*live).values(values))


def withdraw(connection: Connection, conversation_id: str, withdrawn: list[str], now: datetime) -> list[bytes]:
    """Closes a conversation's own shares for good and empties their pages.

    Returns:
        What the keyring knows them by, so that their keys can be destroyed too.
    """
    hashes = []
    for share_id in withdrawn:
        mine = _of(conversation_id, share_id)
        first = func.coalesce(shares.c.withdrawn_at, now)
        if connection.execute(update(shares).where(mine).values(ciphertext=None, withdrawn_at=first)).rowcount:
            hashes.append(crypto.plain_hash(share_id))
            audit.note(connection, audit.WITHDRAWN, hashes[-1], audit.PERSON, now)
    mails.drop(connection, hashes)
    return hashes


def _mine(share_id: str) -> ColumnElement:
    return shares.c.share_hash == crypto.plain_hash(share_id)


def _of(conversation_id: str, share_id: str) -> ColumnElement:
    return _mine(share_id) & (shares.c.conversation_id == conversation_id)


def _refuse_closed(row: Row, now: datetime) -> None:
    over = row.withdrawn_at is not None or row.ciphertext is None or row.expires_at <= now
    if over or row.wrong_codes >= WRONG_IN_ALL:
        raise ShareClosed("withdrawn, expired or guessed at too often")


def _refuse_locked(row: Row, now: datetime) -> None:
    # Also for the right code, or guessing would simply go on.
    # A lock that ends later than locks last was made before the clock was set back.
    if row.locked_until is not None and now < row.locked_until <= now + LOCKED_FOR:
        raise ShareLocked(math.ceil((row.locked_until - now).total_seconds()))


def _one_more_wrong(row: Row, now: datetime) -> dict[str, Any]:
    in_a_row = (0 if row.locked_until else row.wrong_in_a_row) + 1
    return {
        "wrong_codes": row.wrong_codes + 1,
        "wrong_in_a_row": in_a_row,
        "locked_until": now + LOCKED_FOR if in_a_row >= WRONG_IN_A_ROW else None,
    }


def _state(row: Row) -> Document:
    return {
        "openedAt": row.opened_at and iso(row.opened_at),
        "withdrawnAt": row.withdrawn_at and iso(row.withdrawn_at),
        "wrongCodes": row.wrong_codes,
    }
