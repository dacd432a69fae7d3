"""The tables: ids, hashes, times and counters in clear, every word sealed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator):  # type: ignore[misc]  # SQLAlchemy 1.4 carries no types
    """A moment that goes in and comes out aware and in UTC, also on SQLite, which has no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Turns any aware moment into UTC; a naive one is a mistake."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Puts UTC on what the database gave."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _conversation(**more: Any) -> Any:
    target = ForeignKey("conversations.id", ondelete="CASCADE")
    return Column("conversation_id", String(32), target, nullable=False, **more)


store_tables = MetaData()
keyring_tables = MetaData()

conversations = Table(
    "conversations",
    store_tables,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("token_hash", LargeBinary, nullable=False, index=True),
    Column("resume_index", LargeBinary, nullable=False, unique=True),
    Column("salt", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_word_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("token_ends_at", UtcTime),
)

messages = Table(
    "messages",
    store_tables,
    _conversation(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False),
)

# The fingerprint of the body is sealed inside the reply: in clear it could be guessed back to a choice.
turns = Table(
    "turns",
    store_tables,
    _conversation(primary_key=True),
    Column("message_id_hmac", LargeBinary, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("reply", LargeBinary, nullable=False),
)

shares = Table(
    "shares",
    store_tables,
    Column("share_hash", LargeBinary, primary_key=True),
    _conversation(index=True),
    Column("ciphertext", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("opened_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    Column("wrong_codes", Integer, nullable=False, default=0),
    Column("wrong_in_a_row", Integer, nullable=False, default=0),
    Column("locked_until", UtcTime),
    Column("seen", LargeBinary),
    Column("mailed_at", UtcTime),
)

# E-mails that are still to be sent, one a page at most. `not_before` is also the claim of the process that sends one.
mails = Table(
    "mails",
    store_tables,
    Column("share_hash", LargeBinary, primary_key=True),
    _conversation(index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False, default=0),
)

# Who or what did what to which share, without content. Triggers let nobody change a row, or delete one too early.
audit = Table(
    "audit",
    store_tables,
    Column("seq", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("event", String(16), nullable=False),
    Column("share_hash", LargeBinary, nullable=False, index=True),
    Column("actor", String(64), nullable=False),
)

# What the store knows of itself: which keyring is its own, and when it last looked for what is to go.
about = Table(
    "about",
    store_tables,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# Whose phone a conversation belongs to: a number only as a keyed hash, and sealed by the conversation's own key.
phones = Table(
    "phones",
    store_tables,
    _conversation(primary_key=True),
    Column("number_hash", LargeBinary, unique=True),
    Column("user_hash", LargeBinary, unique=True),
    Column("address", LargeBinary, nullable=False),
    Column("heard_at", UtcTime, nullable=False),
    Column("shown", LargeBinary),
)

# Who agreed to a message from us, when and how; without, nobody may be invited.
opt_ins = Table(
    "opt_ins",
    store_tables,
    Column("seq", Integer, primary_key=True),
    Column("number_hash", LargeBinary, nullable=False, index=True),
    Column("how", String(16), nullable=False),
    Column("invited_at", UtcTime, nullable=False),
)

# What a provider delivered: the id's hash as long as it may come again, the words only until they are answered.
# `claimed_until` says until when a process is at work on it; without, it was answered.
inbox = Table(
    "inbox",
    store_tables,
    Column("message_hash", LargeBinary, primary_key=True),
    Column("person", LargeBinary, index=True),
    Column("sealed", LargeBinary),
    Column("said_at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False, index=True),
    Column("claimed_until", UtcTime),
)

# What is still to be sent, in order for each person; with `sent_hash` it was taken, and may yet come back as failed.
outbox = Table(
    "outbox",
    store_tables,
    Column("seq", Integer, primary_key=True),
    Column("person", LargeBinary, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_hash", LargeBinary, index=True),
    Column("reference", LargeBinary, nullable=False, unique=True),
)

# Cards: the token only as a hash, what is in them under a key made of the token. `claimed_by` is a keyed hash of the
# talk that was begun with it; without the keyring nobody can tell which talk that is.
invitations = Table(
    "invitations",
    store_tables,
    Column("id", String(32), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("sealed", LargeBinary),
    Column("ends_at", UtcTime, nullable=False, index=True),
    Column("claimed_by", LargeBinary, index=True),
    Column("withdrawn_at", UtcTime),
)

# How many people chose what, in the quarter that runs; and what may be seen of those that are over, fixed for ever.
# No row belongs to a person. Without row ids SQLite keeps no order in which they came.
counts = Table(
    "counts",
    store_tables,
    *(Column(name, String, primary_key=True) for name in ("quarter", "municipality", "item", "beside")),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

published = Table(
    "published",
    store_tables,
    Column("quarter", String, primary_key=True),
    Column("municipality", String, primary_key=True),
    Column("numbers", String, nullable=False),
)

keys = Table(
    "keys",
    keyring_tables,
    Column("conversation_id", String(32), primary_key=True),
    Column("master_id", String(64), nullable=False),
    Column("by_token", LargeBinary, nullable=False),
    Column("by_code", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False, server_default="2025-01-01"),
)

share_keys = Table(
    "share_keys",
    keyring_tables,
    Column("share_hash", LargeBinary, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("master_id", String(64), nullable=False),
    Column("by_code", LargeBinary, nullable=False),
    Column("scrypt_cost", Integer, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

# A phone holds no token, so here the inner lock is the server's own.
phone_keys = Table(
    "phone_keys",
    keyring_tables,
    Column("conversation_id", String(32), primary_key=True),
    Column("master_id", String(64), nullable=False),
    Column("by_server", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

link_keys = Table(
    "link_keys",
    keyring_tables,
    Column("link_hash", LargeBinary, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("master_id", String(64), nullable=False),
    Column("by_link", LargeBinary, nullable=False),
    Column("ends_at", UtcTime, nullable=False, index=True),
)

# Keys that belong to no conversation; today only the index key, which is also the master key's canary.
own_keys = Table(
    "own_keys",
    keyring_tables,
    Column("name", String(32), primary_key=True),
    Column("master_id", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
