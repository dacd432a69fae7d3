"""Makes, opens, reads, changes and erases conversations."""

import hmac
import os
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.core.errors import ConversationUnknown, TokenWrong
from bot.core.invitations import meeting_day
from bot.core.terms import ends
from bot.store import codes, commits, crypto, invitations
from bot.store.clock import Clock, iso
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.tables import conversations, messages, turns
from bot.store.values import Change, Created, Document, Reply, Resumed, Stored

# Statements are built once: building one costs SQLAlchemy more than SQLite needs to run it.
THIS = bindparam("this")
_lock = tuple(conversations.c[name] for name in ("id", "token_hash", "salt", "expires_at", "token_ends_at"))
LOCK = select(*_lock).where(conversations.c.id == THIS)
LOCK_BY_CODE = select(*_lock).where(conversations.c.resume_index == THIS)
RECORD = select(conversations.c.version, conversations.c.record).where(conversations.c.id == THIS)
NEW_TOKEN = (
    update(conversations).where(conversations.c.id == THIS).values(token_hash=bindparam("new_hash"), token_ends_at=None)
)
DELETE = delete(conversations).where(conversations.c.id == THIS)
EXPIRED = select(conversations.c.id).where(conversations.c.expires_at <= bindparam("now"))
EXPIRED_STILL = EXPIRED.where(conversations.c.id == THIS).with_for_update()
MESSAGES = (
    select(messages.c.seq, messages.c.ciphertext)
    .where(messages.c.conversation_id == THIS)
    .order_by(messages.c.seq.desc())
    .limit(bindparam("last"))
)
REPLY = select(turns.c.reply, turns.c.version).where(
    turns.c.conversation_id == THIS, turns.c.message_id_hmac == bindparam("hashed")
)


class Conversations:
    """The conversations of one database; each call is complete in itself and safe in any thread."""

    def __init__(self, database: Database, keyring: Keyring, clock: Clock) -> None:
        self._database = database
        self._keyring = keyring
        self._clock = clock

    def create(self, channel: str, invitation: Document | None) -> Created:
        """See Store.create."""
        conversation_id, token = codes.new_id(), codes.new_token()
        code, salt = codes.new_code(codes.RESUME_DIGITS), os.urandom(crypto.SALT_BYTES)
        # The key first: a key without a conversation harms nobody, the other way round loses words.
        stretched = self._keyring.stretch(code)
        data_key = self._keyring.add(conversation_id, salt, token, stretched, self._clock())
        created = Created(conversation_id, token, code, data_key)
        with self._database.writing() as connection:
            record = _first_record(channel, created.resume_code, self._clock(), invitation)
            connection.execute(insert(conversations), self._first_row(created, record, salt, stretched.index))
        return created

    def unlock(self, conversation_id: str, token: str) -> bytes:
        """See Store.unlock."""
        row = self._owned(conversation_id, token)
        return self._keyring.with_token(conversation_id, row.salt, token)

    def owns(self, conversation_id: str, token: str) -> None:
        """See Store.owns."""
        self._owned(conversation_id, token)

    def _owned(self, conversation_id: str, token: str) -> Row:
        # PostgreSQL refuses text with a NUL in it with an error of its own.
        if not codes.is_id(conversation_id):
            raise ConversationUnknown("not an id")
        row = self._living(LOCK, conversation_id)
        is_right = hmac.compare_digest(row.token_hash, crypto.plain_hash(token))
        if not is_right or (row.token_ends_at and row.token_ends_at <= self._clock()):
            raise TokenWrong(conversation_id)
        return row

    def _living(self, wanted: Select, this: str | bytes) -> Row:
        with self._database.reading() as connection:
            row = _find(connection, wanted, this)
        if row.expires_at <= self._clock():  # it is gone for everybody, also while the job has yet to erase it
            raise ConversationUnknown("its time is over")
        return row

    def is_token(self, token: str) -> bool:
        """See Store.is_token."""
        mine = conversations.c.token_hash == crypto.plain_hash(token)
        with self._database.reading() as connection:
            return connection.execute(select(conversations.c.id).where(mine).limit(1)).first() is not None

    def resume(self, code: str) -> Resumed:
        """See Store.resume."""
        code = codes.tidy(code)
        if not codes.is_code(code, codes.RESUME_DIGITS):
            raise ConversationUnknown("not a resume code")
        stretched = self._keyring.stretch(code)
        row = self._living(LOCK_BY_CODE, stretched.index)
        data_key = self._keyring.with_code(row.id, row.salt, stretched)
        return Resumed(row.id, self._replace_token(row, data_key), data_key)

    def take_up(self, conversation_id: str, data_key: bytes) -> Resumed:
        """Gives a new token to who holds the data key already; the former one is dead."""
        row = self._living(LOCK, conversation_id)
        return Resumed(row.id, self._replace_token(row, data_key), data_key)

    def load(self, conversation_id: str, data_key: bytes) -> Stored:
        """See Store.load."""
        with self._database.reading() as connection:
            row = _find(connection, RECORD, conversation_id)
        place = ("conversations", conversation_id, row.version)
        return Stored(conversation_id, row.version, crypto.unseal_json(data_key, row.record, *place))

    def messages(self, conversation_id: str, data_key: bytes, last: int) -> list[Document]:
        """See Store.messages."""
        with self._database.reading() as connection:
            rows = connection.execute(MESSAGES, {"this": conversation_id, "last": last}).all()
        return [
            crypto.unseal_json(data_key, row.ciphertext, "messages", conversation_id, row.seq) for row in reversed(rows)
        ]

    def reply(self, conversation_id: str, data_key: bytes, message_id: str) -> Reply | None:
        """See Store.reply."""
        hashed = crypto.lookup_hash(data_key, message_id)
        with self._database.reading() as connection:
            row = connection.execute(REPLY, {"this": conversation_id, "hashed": hashed}).one_or_none()
        if row is None:
            return None
        answer = crypto.unseal_json(data_key, row.reply, "turns", conversation_id, hashed.hex())
        return Reply(message_id, answer["fingerprint"], answer["state"], row.version)

    def commit(self, change: Change) -> None:
        """See Store.commit."""
        if change.erase:
            self.erase(change.conversation_id)
            return
        with self._database.writing() as connection:
            commits.write(connection, self._keyring, change, self._clock())

    def erase(self, conversation_id: str) -> None:
        """See Store.erase."""
        self._keyring.forget(conversation_id)
        with self._database.writing() as connection:
            self._delete(connection, conversation_id)

    def expired(self, now: datetime) -> list[str]:
        """Lists the conversations whose time is over."""
        with self._database.reading() as connection:
            return list(connection.execute(EXPIRED, {"now": now}).scalars())

    def erase_if_expired(self, conversation_id: str, now: datetime) -> bool:
        """Erases a conversation, key first, unless its person has just said another word."""
        with self._database.writing() as connection:
            # The row stays locked while the key goes, so that no turn can slip in between.
            if connection.execute(EXPIRED_STILL, {"this": conversation_id, "now": now}).first() is None:
                return False
            self._keyring.forget(conversation_id)
            self._delete(connection, conversation_id)
        return True

    def _delete(self, connection: Connection, conversation_id: str) -> None:
        # Messages, turns and shares go along: their foreign keys cascade.
        connection.execute(DELETE, {"this": conversation_id})
        invitations.free(connection, self._keyring.talk_mark(conversation_id))

    def _replace_token(self, row: Row, data_key: bytes) -> str:
        token = codes.new_token()
        with self._database.writing() as connection:
            values = {"this": row.id, "new_hash": crypto.plain_hash(token)}
            if connection.execute(NEW_TOKEN, values).rowcount == 0:
                raise ConversationUnknown(row.id)
            # Inside the transaction, so that two resumes at once leave hash and key of the same token.
            self._keyring.replace_token(row.id, row.salt, token, data_key)
        return token

    def _first_row(self, created: Created, record: Document, salt: bytes, resume_index: bytes) -> Document:
        now = datetime.fromisoformat(record["createdAt"])
        return {
            "id": created.conversation_id,
            "channel": record["channel"],
            "token_hash": crypto.plain_hash(created.token),
            "resume_index": resume_index,
            "salt": salt,
            "version": 0,
            "record": commits.seal_record(created.data_key, record, created.conversation_id, 0),
            "created_at": now,
            "last_word_at": now,
            "expires_at": ends(record, now, now).talk,
        }


def _first_record(channel: str, resume_code: str, now: datetime, invitation: Document | None) -> Document:
    return {
        "channel": channel,
        "resumeCode": resume_code,
        "createdAt": iso(now),
        "seq": 0,
        "tracker": {"slots": {}, "loop": None},
        "question": None,
        "asked": None,
        "progress": {"answered": 0, "of": 0},
        "consents": [],
        "help": None,
        "pending": [],
        "edits": {},
        "topicsShared": {},
        "shares": [],
        **_of_card(invitation),
    }


def _of_card(invitation: Document | None) -> Document:
    return {"invitation": invitation, "meeting": meeting_day(invitation).isoformat()} if invitation else {}


def _find(connection: Connection, wanted: Select, this: str | bytes) -> Row:
    row = connection.execute(wanted, {"this": this}).one_or_none()
    if row is None:
        raise ConversationUnknown("no such conversation")
    return row
