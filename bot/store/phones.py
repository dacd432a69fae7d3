"""Whose phone a conversation belongs to: found by a keyed hash, the number itself sealed and only for replying."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.core.errors import ConversationUnknown
from bot.store import codes, crypto
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.retention import AUDIT
from bot.store.tables import conversations, opt_ins, phones
from bot.store.values import Document

PLACE = "phones"
STOPPED = "stopped"  # instead of a way of agreeing: no more invitations


@dataclass(frozen=True)
class Sender:
    """Who wrote, as the provider names them; one of the two may be absent.

    Args:
        number: the phone number, digits only.
        user: the provider's own id for this person and this business, which changes with the number.
    """

    number: str | None = field(default=None, repr=False)
    user: str | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Where a reply goes."""
        return self.number or self.user or ""


@dataclass(frozen=True)
class Phone:
    """A conversation opened by the phone that it belongs to.

    Args:
        sender: where replies go.
        heard_at: when its person wrote last.
        shown: what stood on the screen last, as the channel wrote it; `{}` at first.
    """

    conversation_id: str
    data_key: bytes = field(repr=False)
    sender: Sender = field(repr=False)
    heard_at: datetime
    shown: Document = field(repr=False)


class Phones:
    """The phones of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring

    def find(self, sender: Sender, now: datetime) -> Phone | None:
        """The conversation of who writes from this phone, or None.

        A number whose person the provider now calls by another id has changed hands: its conversation stays closed.

        Raises:
            DatabaseDown: the database cannot be reached.
        """
        row = self._row(sender)
        if row is None or row.expires_at <= now:
            return None
        try:
            return self._opened(row)
        except ConversationUnknown:  # its key is gone: half erased
            return None

    def of(self, conversation_id: str) -> Phone | None:
        """The phone of a conversation, or None when it has none."""
        with self._database.reading() as connection:
            row = connection.execute(_WITH_END.where(phones.c.conversation_id == conversation_id)).one_or_none()
        try:
            return row and self._opened(row)
        except ConversationUnknown:  # its key is gone
            return None

    def link(self, conversation_id: str, data_key: bytes, sender: Sender, now: datetime) -> None:
        """Let this phone open this conversation, and no other one any more."""
        self._keyring.phones.add(conversation_id, data_key, now)
        hashes = self._hashes(sender)
        row = {"conversation_id": conversation_id, **hashes, "heard_at": now, "shown": None}
        row["address"] = crypto.seal_json(data_key, [sender.number, sender.user], PLACE, conversation_id)
        self._cut_others(conversation_id, hashes)
        with self._database.writing() as connection:
            connection.execute(phones.delete().where(phones.c.conversation_id == conversation_id))
            connection.execute(insert(phones), row)

    def code(self, conversation_id: str, data_key: bytes, ends_at: datetime) -> str:
        """Makes a code of eight digits that lets a phone take over a conversation, once and soon."""
        code = codes.new_code(codes.MOVE_DIGITS)
        self._keyring.links.make(conversation_id, data_key, ends_at, self._slow(code))
        return code

    def move_in(self, code: str, sender: Sender, now: datetime) -> Phone:
        """Let this phone take over the conversation that showed the code.

        Raises:
            LinkUnknown: it was used, its time is over, or it is another's.
            DatabaseDown: a database cannot be reached.
        """
        conversation_id, data_key = self._keyring.links.spend(self._slow(code), now)
        self.link(conversation_id, data_key, sender, now)
        return Phone(conversation_id, data_key, sender, now, {})

    def unlink(self, sender: Sender) -> None:
        """Let this phone open nothing any more; codes and links still do."""
        row = self._row(sender)
        if row is not None:
            self.cut(row.conversation_id)

    def cut(self, conversation_id: str) -> None:
        """Let no phone open this conversation any more."""
        self._keyring.phones.forget(conversation_id)
        with self._database.writing() as connection:
            connection.execute(phones.delete().where(phones.c.conversation_id == conversation_id))

    def heard(self, phone: Phone, sender: Sender, now: datetime) -> None:
        """Note that its person wrote just now, and what the provider calls them by now."""
        known = {name: hashed for name, hashed in self._hashes(sender).items() if hashed is not None}
        self._cut_others(phone.conversation_id, known)
        mine = phones.c.conversation_id == phone.conversation_id
        with self._database.writing() as connection:
            connection.execute(update(phones).where(mine).values(heard_at=now, **known))

    def invited(self, sender: Sender, how: str, now: datetime) -> None:
        """Note that somebody agreed to a message from us, and is sent one now.

        Args:
            how: in which way they agreed: paper, phone, counter or web; or `STOPPED`.
        """
        row = {"number_hash": self._one_hash(sender), "how": how, "invited_at": now}
        with self._database.writing() as connection:
            connection.execute(insert(opt_ins), row)

    def wants_none(self, sender: Sender) -> bool:
        """Whether this person asked for no more messages, and has not agreed anew since."""
        return self._last_word(sender) == STOPPED

    def is_invited(self, sender: Sender) -> bool:
        """Whether this person was sent a message by us, and did not ask for no more."""
        return self._last_word(sender) not in (None, STOPPED)

    def quiet_since(self, before: datetime) -> list[str]:
        """The conversations whose phone was quiet since then."""
        quiet = select(phones.c.conversation_id).where(phones.c.heard_at <= before)
        with self._database.reading() as connection:
            return list(connection.execute(quiet).scalars())

    def forget_old(self, now: datetime) -> None:
        """Delete notes of invitations that nobody can complain about any more."""
        with self._database.writing() as connection:
            connection.execute(delete(opt_ins).where(opt_ins.c.invited_at <= now - AUDIT))

    def show(self, connection: Connection, phone: Phone, shown: Document) -> None:
        """Keep what stands on the screen, inside the caller's transaction."""
        sealed = crypto.seal_json(phone.data_key, shown, PLACE, phone.conversation_id, "shown")
        connection.execute(update(phones).where(phones.c.conversation_id == phone.conversation_id).values(shown=sealed))

    def _cut_others(self, conversation_id: str, hashes: Mapping[str, bytes | None]) -> None:
        """Cut every other conversation that this person's number or id opened: one phone, one conversation."""
        mine = [phones.c[name] == hashed for name, hashed in hashes.items() if hashed is not None]
        others = select(phones.c.conversation_id).where(or_(*mine), phones.c.conversation_id != conversation_id)
        with self._database.reading() as connection:
            found = list(connection.execute(others).scalars())
        for other in found:
            self.cut(other)

    def _last_word(self, sender: Sender) -> str | None:
        mine = opt_ins.c.number_hash == self._one_hash(sender)
        with self._database.reading() as connection:
            last = select(opt_ins.c.how).where(mine).order_by(opt_ins.c.seq.desc())
            how: str | None = connection.execute(last).scalar()
        return how

    def _slow(self, code: str) -> str:
        return self._keyring.stretch(code).secret.hex()

    def _row(self, sender: Sender) -> Row | None:
        hashes = self._hashes(sender)
        with self._database.reading() as connection:
            for name in ("user_hash", "number_hash"):
                if hashes[name] is None:
                    continue
                row = connection.execute(_WITH_END.where(phones.c[name] == hashes[name])).one_or_none()
                if row is not None:
                    return row if _is_same(row, hashes) else None
        return None

    def _opened(self, row: Row) -> Phone:
        data_key = self._keyring.phones.open(row.conversation_id)
        number, user = crypto.unseal_json(data_key, row.address, PLACE, row.conversation_id)
        return Phone(row.conversation_id, data_key, Sender(number, user), row.heard_at, _shown(row, data_key))

    def _hashes(self, sender: Sender) -> dict[str, bytes | None]:
        number, user = self._hashed(sender.number, "number"), self._hashed(sender.user, "user")
        return {"number_hash": number, "user_hash": user}

    def _one_hash(self, sender: Sender) -> bytes | None:
        return self._hashed(sender.number, "number") or self._hashed(sender.user, "user")

    def _hashed(self, name: str | None, kind: str) -> bytes | None:
        return self._keyring.phone_hash(kind, name) if name else None


_WITH_END = select(phones, conversations.c.expires_at).join(
    conversations, conversations.c.id == phones.c.conversation_id
)


def _is_same(row: Row, hashes: dict[str, bytes | None]) -> bool:
    """Whether what both know of a person is the same."""
    known = ((row[name], hashes[name]) for name in ("user_hash", "number_hash"))
    return all(before == now for before, now in known if before is not None and now is not None)


def _shown(row: Row, data_key: bytes) -> dict[str, Any]:
    if row.shown is None:
        return {}
    shown: dict[str, Any] = crypto.unseal_json(data_key, row.shown, PLACE, row.conversation_id, "shown")
    return shown
