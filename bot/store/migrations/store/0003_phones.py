"""Whose phone a conversation belongs to, what a provider delivered, and what is still to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes phones, opt_ins, inbox and outbox."""
    _make_phones()
    _make_post()


def _make_phones() -> None:
    op.create_table(
        "phones",
        sa.Column(
            "conversation_id", sa.String(32), sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number_hash", sa.LargeBinary(), unique=True),
        sa.Column("user_hash", sa.LargeBinary(), unique=True),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.LargeBinary()),
    )
    op.create_table(
        "opt_ins",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("number_hash", sa.LargeBinary(), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_opt_ins_number_hash", "opt_ins", ["number_hash"])


def _make_post() -> None:
    op.create_table(
        "inbox",
        sa.Column("message_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("person", sa.LargeBinary()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_index("ix_inbox_person", "inbox", ["person"])
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_hash", sa.LargeBinary()),
        sa.Column("reference", sa.LargeBinary(), nullable=False, unique=True),
    )
    op.create_index("ix_outbox_person", "outbox", ["person"])
    op.create_index("ix_outbox_not_before", "outbox", ["not_before"])
    op.create_index("ix_outbox_sent_hash", "outbox", ["sent_hash"])
