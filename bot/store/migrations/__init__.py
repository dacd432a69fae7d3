"""Brings a database up to date when the store opens it."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection

from bot.store.database import Database

HERE = Path(__file__).parent
# Any fixed number; it only has to differ from other locks in the same PostgreSQL.
LOCK_NUMBER = 20_250_731
# alembic's `op` and `context` are global to a process.
_one_at_a_time = threading.Lock()


def migrate(database: Database, name: str, tables: MetaData) -> None:
    """Runs the migrations that a database still lacks, in one transaction.

    Processes that start at once wait for each other: SQLite through BEGIN IMMEDIATE, PostgreSQL
    through an advisory lock.

    Args:
        name: `store` or `keyring`, the folder with its migrations.

    Raises:
        DatabaseDown: it cannot be reached.
    """
    with _one_at_a_time, database.migrating() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
        command.upgrade(_config(connection, name, tables), "head")


def _config(connection: Connection, name: str, tables: MetaData) -> Config:
    config = Config()
    for option, value in {
        "script_location": str(HERE),
        "version_locations": str(HERE / name),
        # Without this alembic splits a path at its spaces.
        "path_separator": "newline",
    }.items():
        config.set_main_option(option, value.replace("%", "%%"))
    config.attributes.update(connection=connection, version_table=f"{name}_version", tables=tables)
    return config
