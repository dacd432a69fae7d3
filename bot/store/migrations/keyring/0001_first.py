"""The first tables of the keyring."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes keys and own_keys."""
    op.create_table(
        "keys",
        sa.Column("conversation_id", sa.String(32), primary_key=True),
        sa.Column("master_id", sa.String(64), nullable=False),
        sa.Column("by_token", sa.LargeBinary(), nullable=False),
        sa.Column("by_code", sa.LargeBinary(), nullable=False),
        sa.Column("scrypt_cost", sa.Integer(), nullable=False),
    )
    op.create_table(
        "own_keys",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("master_id", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
