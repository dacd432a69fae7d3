"""Writes one turn's change: all of it in one transaction, or nothing."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.core.errors import ConversationUnknown, LostRace
from bot.store import crypto, invitations, mails, numbers, shares
from bot.store.keyring import Keyring
from bot.store.retention import LAST_MESSAGES, LAST_REPLIES
from bot.store.tables import conversations, messages, turns
from bot.store.values import Change, Document

# Statements are built once: building one costs SQLAlchemy more than SQLite needs to run it.
THIS = bindparam("this")
IS_THERE = select(conversations.c.id).where(conversations.c.id == THIS)
SAVE_RECORD = (
    update(conversations)
    .where(conversations.c.id == THIS, conversations.c.version == bindparam("loaded"))
    .values({name: bindparam(name) for name in ("record", "version", "last_word_at", "expires_at", "token_ends_at")})
)
LAST_SEQ = select(func.max(messages.c.seq)).where(messages.c.conversation_id == THIS)
ADD_MESSAGE = insert(messages)
PRUNE_MESSAGES = delete(messages).where(messages.c.conversation_id == THIS, messages.c.seq <= bindparam("upto"))
FORGET_MESSAGES = delete(messages).where(messages.c.conversation_id == THIS)
FORGET_REPLIES = delete(turns).where(turns.c.conversation_id == THIS)
ADD_REPLY = insert(turns)
PRUNE_REPLIES = delete(turns).where(turns.c.conversation_id == THIS, turns.c.version <= bindparam("upto"))


def write(connection: Connection, keyring: Keyring, change: Change, now: datetime) -> None:
    """Writes a change inside the caller's transaction.

    Keys of shares are made and destroyed before it ends: a key without a page harms nobody, and a page whose key is
    gone is closed, whatever becomes of the transaction.

    Raises:
        LostRace: another turn was saved since this one was loaded, or another talk has the invitation.
        ConversationUnknown: the conversation has been erased meanwhile.
    """
    _write_record(connection, change, now)
    if change.claims:
        invitations.claim(connection, keyring, change.claims, change.conversation_id)
    _write_messages(connection, change, now)
    _write_reply(connection, change)
    shares.add(connection, change.conversation_id, change.new_shares, now)
    mails.add(connection, keyring.mail_key, change.conversation_id, change.mails, now)
    shares.renew(connection, change.conversation_id, change.renewed)
    numbers.add(connection, change.counted)
    keyring.shares.add(change.conversation_id, change.new_shares, now)
    keyring.shares.forget(shares.withdraw(connection, change.conversation_id, change.withdrawn, now))


def seal_record(data_key: bytes, record: Document, conversation_id: str, version: int) -> bytes:
    """Seals a record for one version of its conversation, so that an older one cannot be put back."""
    return crypto.seal_json(data_key, record, "conversations", conversation_id, version)


def _write_record(connection: Connection, change: Change, now: datetime) -> None:
    new_version = change.version + 1
    values = {
        "this": change.conversation_id,
        "loaded": change.version,
        "version": new_version,
        "record": seal_record(change.data_key, change.record, change.conversation_id, new_version),
        "last_word_at": now,
        "expires_at": change.ends.talk,
        "token_ends_at": change.ends.token,
    }
    if connection.execute(SAVE_RECORD, values).rowcount == 0:
        there = connection.execute(IS_THERE, {"this": change.conversation_id}).first()
        raise LostRace(change.conversation_id) if there else ConversationUnknown(change.conversation_id)


def _write_messages(connection: Connection, change: Change, now: datetime) -> None:
    if change.forget_messages:
        connection.execute(FORGET_MESSAGES, {"this": change.conversation_id})
        connection.execute(FORGET_REPLIES, {"this": change.conversation_id})
    if not change.messages:
        return
    # Counted here, not by the messages' own ids: a question may be shown twice under one id.
    last = connection.execute(LAST_SEQ, {"this": change.conversation_id}).scalar() or 0
    numbered = list(enumerate(change.messages, last + 1))
    rows = [_message_row(change, seq, message, now) for seq, message in numbered]
    connection.execute(ADD_MESSAGE, rows)
    upto = last + len(rows) - LAST_MESSAGES
    if upto > 0:
        connection.execute(PRUNE_MESSAGES, {"this": change.conversation_id, "upto": upto})


def _message_row(change: Change, seq: int, message: Document, now: datetime) -> Document:
    place = ("messages", change.conversation_id, seq)
    return {
        "conversation_id": change.conversation_id,
        "seq": seq,
        "ciphertext": crypto.seal_json(change.data_key, message, *place),
        "at": now,
    }


def _write_reply(connection: Connection, change: Change) -> None:
    if change.reply is None:
        return
    answer = {"fingerprint": change.reply.fingerprint, "state": change.reply.state}
    hashed = crypto.lookup_hash(change.data_key, change.reply.message_id)
    row = {
        "conversation_id": change.conversation_id,
        "message_id_hmac": hashed,
        "version": change.version + 1,
        "reply": crypto.seal_json(change.data_key, answer, "turns", change.conversation_id, hashed.hex()),
    }
    connection.execute(ADD_REPLY, row)
    upto = change.version + 1 - LAST_REPLIES
    if upto > 0:
        connection.execute(PRUNE_REPLIES, {"this": change.conversation_id, "upto": upto})
