"""Erases what was kept long enough; it may run at any time, in several processes, and again after it was cut short."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.sql import Select

from bot.core.errors import ConversationUnknown
from bot.core.state import given
from bot.core.terms import MOST, REMEMBERED
from bot.store import audit
from bot.store.about import BORN, LAST_RUN, About
from bot.store.conversations import Conversations
from bot.store.database import Database
from bot.store.invitations import Invitations
from bot.store.keyring import Keyring
from bot.store.numbers import Numbers
from bot.store.post import Post
from bot.store.retention import HALF_WAY
from bot.store.shares import Shares
from bot.store.tables import conversations, keys
from bot.store.values import Expired

# The job runs every hour. A clock that is suddenly more than a day later was set, or the server was off: for one day
# nothing is erased, so that a wrong clock can be put right. Meanwhile nobody can open what is over.
JUMP = timedelta(days=1)
HOLD = timedelta(days=1)
CHUNK = 1000  # ids at once; more would not fit into one statement of every database


class Expiry:
    """The job that erases."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        talks: Conversations,
        shares: Shares,
        post: Post,
        invitations: Invitations,
        numbers: Numbers,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._talks = talks
        self._shares = shares
        self._post = post
        self._invitations = invitations
        self._phones = post.phones
        self._numbers = numbers
        self._about = About(database)

    def run(self, now: datetime) -> Expired:
        """See Store.expire."""
        if self._must_wait(now):
            return Expired(clock_jumped=True)
        erased = sum(self._talks.erase_if_expired(one, now) for one in self._talks.expired(now))
        orphans = self._sweep(now - HALF_WAY)
        self._keyring.shares.forget_orphans(now - HALF_WAY)
        self._shares.wipe_expired(now)
        audit.forget_old(self._database, now)
        self._forget_phones(now)
        self._post.forget_old(now)
        self._invitations.forget_old(now)
        self._numbers.close(now)
        self._keyring.links.forget_old(now)
        self._keyring.relock()
        self._database.forget_deleted()
        self._keyring.forget_deleted()
        return Expired(erased, orphans)

    def _forget_phones(self, now: datetime) -> None:
        """Cuts phones that may not be remembered once they were quiet for a day."""
        for conversation_id in self._phones.quiet_since(now - REMEMBERED):
            if not self._may_be_remembered(conversation_id):
                self._phones.cut(conversation_id)

    def _may_be_remembered(self, conversation_id: str) -> bool:
        phone = self._phones.of(conversation_id)
        try:
            return phone is not None and given(self._talks.load(conversation_id, phone.data_key).record, "remember")
        except ConversationUnknown:  # it is being erased
            return False

    def _born(self) -> datetime:
        return datetime.fromisoformat((self._about.get(BORN) or b"").decode())

    def _must_wait(self, now: datetime) -> bool:
        before = json.loads(self._about.get(LAST_RUN) or "null")
        until = _hold(before, now)
        self._about.put(LAST_RUN, json.dumps({"at": now.isoformat(), "until": until and until.isoformat()}).encode())
        return until is not None

    def _sweep(self, before: datetime) -> int:
        """Erases keys without a talk (a start that was cut short) and talks without a key (put back by a backup).

        A key older than this database may belong to one that was lost and will be put back, until its time is over.
        """
        made = select(keys.c.conversation_id).where(keys.c.made_at < before).order_by(keys.c.conversation_id)
        made = made.where((keys.c.made_at >= self._born()) | (keys.c.made_at < before - MOST))
        begun = select(conversations.c.id).where(conversations.c.created_at < before).order_by(conversations.c.id)
        keyring = self._keyring.database
        alone = [
            *_missing(keyring, made, self._database, conversations.c.id),
            *_missing(self._database, begun, keyring, keys.c.conversation_id),
        ]
        for conversation_id in alone:
            self._talks.erase(conversation_id)
        return len(alone)


def _hold(before: dict[str, str] | None, now: datetime) -> datetime | None:
    """Until when nothing may be erased, if at all; a clock that went back again ends the waiting."""
    if before is None:
        return None
    last, until = datetime.fromisoformat(before["at"]), before["until"]
    if now - last > JUMP:
        return now + HOLD
    held = datetime.fromisoformat(until) if until else now
    return held if last <= now < held else None


def _missing(here: Database, wanted: Select, there: Database, column: object) -> Iterator[str]:
    """The ids that one database has and the other has not."""
    id_column = wanted.selected_columns[0]
    last = ""
    while True:
        with here.reading() as connection:
            ids = list(connection.execute(wanted.where(id_column > last).limit(CHUNK)).scalars())
        if not ids:
            return
        with there.reading() as connection:
            known = set(connection.execute(select(column).where(column.in_(ids))).scalars())  # type: ignore[attr-defined]
        yield from (one for one in ids if one not in known)
        last = ids[-1]
