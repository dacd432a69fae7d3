"""What the store knows of itself, the end of a token, and who opened which share."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
AUDIT_DAYS = 366  # as `bot/store/retention.py` says

SQLITE = (
    "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit "
    f"WHEN old.at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-{AUDIT_DAYS} days') "
    "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
    "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit FOR EACH ROW "
    f"WHEN (old.at > now() - interval '{AUDIT_DAYS} days') EXECUTE FUNCTION audit_append_only()",
    "CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_append_only()",
)


def upgrade() -> None:
    """Makes about and audit; a conversation gets the end of its token, a share loses what the keyring keeps."""
    op.create_table(
        "about",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("share_hash", sa.LargeBinary(), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_share_hash", "audit", ["share_hash"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    op.add_column("conversations", sa.Column("token_ends_at", sa.DateTime(timezone=True)))
    op.drop_column("shares", "scrypt_cost")
