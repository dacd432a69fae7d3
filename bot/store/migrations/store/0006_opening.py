"""Who opened a page and what they sent back, and the e-mails that are still to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds two columns to shares, and makes mails."""
    op.add_column("shares", sa.Column("seen", sa.LargeBinary()))
    op.add_column("shares", sa.Column("mailed_at", sa.DateTime(timezone=True)))
    op.create_table(
        "mails",
        sa.Column("share_hash", sa.LargeBinary(), primary_key=True),
        sa.Column(
            "conversation_id", sa.String(32), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_index("ix_mails_conversation_id", "mails", ["conversation_id"])
    op.create_index("ix_mails_not_before", "mails", ["not_before"])
