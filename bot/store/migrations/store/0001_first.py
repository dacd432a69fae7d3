"""The first tables of the store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes conversations, messages, turns and shares."""
    _conversations()
    _messages()
    _turns()
    _shares()


def _needed(name: str, kind: object) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _conversation(primary_key: bool) -> sa.Column:
    target = sa.ForeignKey("conversations.id", ondelete="CASCADE")
    return sa.Column("conversation_id", sa.String(32), target, primary_key=primary_key, nullable=False)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        _needed("channel", sa.String(16)),
        _needed("token_hash", sa.LargeBinary()),
        sa.Column("resume_index", sa.LargeBinary(), nullable=False, unique=True),
        _needed("salt", sa.LargeBinary()),
        _needed("version", sa.Integer()),
        _needed("record", sa.LargeBinary()),
        _needed("created_at", sa.DateTime(timezone=True)),
        _needed("last_word_at", sa.DateTime(timezone=True)),
        _needed("expires_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_conversations_expires_at", "conversations", ["expires_at"])
    op.create_index("ix_conversations_token_hash", "conversations", ["token_hash"])


def _messages() -> None:
    op.create_table(
        "messages",
        _conversation(primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        _needed("ciphertext", sa.LargeBinary()),
        _needed("at", sa.DateTime(timezone=True)),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        _conversation(primary_key=True),
        sa.Column("message_id_hmac", sa.LargeBinary(), primary_key=True),
        _needed("version", sa.Integer()),
        _needed("reply", sa.LargeBinary()),
    )


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("share_hash", sa.LargeBinary(), primary_key=True),
        _conversation(primary_key=False),
        sa.Column("ciphertext", sa.LargeBinary()),
        _needed("scrypt_cost", sa.Integer()),
        _needed("created_at", sa.DateTime(timezone=True)),
        _needed("expires_at", sa.DateTime(timezone=True)),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        _needed("wrong_codes", sa.Integer()),
        _needed("wrong_in_a_row", sa.Integer()),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_shares_conversation_id", "shares", ["conversation_id"])
    op.create_index("ix_shares_expires_at", "shares", ["expires_at"])
