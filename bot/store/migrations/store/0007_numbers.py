"""Numbers for policy: counters of the running quarter, and what was published of those that are over."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes `counts` and `published`."""
    op.create_table(
        "counts",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("quarter", "municipality", "item", "beside")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "municipality", "item", "beside"),
        sqlite_with_rowid=False,  # rows in the order of their names: which ones came together cannot be seen
    )
    op.create_table(
        "published",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("quarter", "municipality", "numbers")),
        sa.PrimaryKeyConstraint("quarter", "municipality"),
    )
