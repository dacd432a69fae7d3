"""Keys of conversations that a phone opens, and of one-time links."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes phone_keys and link_keys."""
    op.create_table(
        "phone_keys",
        sa.Column("conversation_id", sa.String(32), primary_key=True),
        sa.Column("master_id", sa.String(64), nullable=False),
        sa.Column("by_server", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "link_keys",
        sa.Column("link_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("master_id", sa.String(64), nullable=False),
        sa.Column("by_link", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_link_keys_conversation_id", "link_keys", ["conversation_id"])
    op.create_index("ix_link_keys_ends_at", "link_keys", ["ends_at"])
