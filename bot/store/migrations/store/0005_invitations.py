"""Invitations: cards with which a talk knows whose meeting it is."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import UtcTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes invitations."""
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("ends_at", UtcTime, nullable=False, index=True),
        sa.Column("claimed_by", sa.LargeBinary, index=True),
        sa.Column("withdrawn_at", UtcTime),
    )
