"""Alembic runs this file; the connection and its transaction come from `migrate`."""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"],
    target_metadata=given["tables"],
    version_table=given["version_table"],
)
context.run_migrations()
