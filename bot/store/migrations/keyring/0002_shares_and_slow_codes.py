"""Keys of shared pages, and resume codes that are looked up slowly: codes given out before cannot be used any more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes share_keys; a data key gets the time it was made."""
    op.create_table(
        "share_keys",
        sa.Column("share_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("master_id", sa.String(64), nullable=False),
        sa.Column("by_code", sa.LargeBinary(), nullable=False),
        sa.Column("scrypt_cost", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_share_keys_conversation_id", "share_keys", ["conversation_id"])
    # A default that SQLite takes for rows that are there; the code always gives a time.
    op.add_column("keys", sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, server_default="2025-01-01"))
    op.drop_column("keys", "scrypt_cost")
