"""A delivered message no longer counts its tries: nobody ever read the number."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Takes `tries` out of inbox."""
    op.drop_column("inbox", "tries")
