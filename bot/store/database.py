"""Opens SQLite or PostgreSQL and lends out transactions; trouble comes back as DatabaseDown."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from sqlite3 import OperationalError as SqliteBusy
from typing import Any

from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

from bot.core.errors import DatabaseDown

BUSY_SECONDS = 10
CONNECT_SECONDS = 5
# One connection a thread: asyncio's default pool has min(32, cores + 4) threads.
POOL = {"pool_size": 8, "max_overflow": 24, "pool_timeout": 10}
# FULL, because NORMAL forgets turns at power loss that were answered; secure_delete overwrites what
# is erased; foreign keys make erasing a conversation take its rows along.
PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
)
OUR_OWN_MISTAKES = (exc.IntegrityError, exc.ProgrammingError, exc.DataError)


class Database:
    """One database, shared by all threads of a process."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url)
        self._writer = self._engine.execution_options(writes=True)
        # SQLite has one writer; waiting in line here is fair, its own busy handler sleeps and guesses.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lends a connection that sees one moment and changes nothing.

        Raises:
            DatabaseDown: it cannot be reached.
        """
        with _named_trouble(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def one_moment(self) -> Iterator[Connection]:
        """Lends a connection whose every read sees the same moment, however long it takes.

        Raises:
            DatabaseDown: it cannot be reached.
        """
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}  # SQLite's WAL does so by itself
        with _named_trouble(), self._engine.execution_options(**level).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lends a transaction: committed at the end, rolled back by any error.

        Raises:
            DatabaseDown: it cannot be reached or does not commit; nothing was changed.
        """
        with _named_trouble(), self._turn, self._writer.begin() as connection:
            yield connection

    def forget_deleted(self) -> None:
        """Empties SQLite's write-ahead log, where deleted rows would linger; readers may delay it."""
        if not self.is_sqlite:
            return
        with _named_trouble(), self._turn, self._engine.connect() as connection:
            # The driver's own connection, because a checkpoint cannot run inside a transaction.
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Closes all connections that are not lent out."""
        self._engine.dispose()


@contextmanager
def _named_trouble() -> Iterator[None]:
    try:
        yield
    except OUR_OWN_MISTAKES:
        raise
    except (exc.DBAPIError, exc.TimeoutError, SqliteBusy) as error:
        raise DatabaseDown(f"database: {type(error).__name__}") from error


def _server_engine(url: str) -> Engine:
    return create_engine(
        url,
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_SECONDS},
        **POOL,
    )


def _sqlite_engine(url: str) -> Engine:
    _create_private_file(make_url(url).database)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
        **POOL,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _create_private_file(name: str | None) -> None:
    if not name or name == ":memory:":
        raise ValueError("SQLite needs a file: other processes and threads must see the same database")
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite gives its -wal and -shm files the mode of the database itself.
    os.close(os.open(path, os.O_CREAT, 0o600))


def _configure(connection: Any, _record: Any) -> None:
    # The driver's own BEGINs come too late and are always deferred; we send ours (see _begin), as
    # https://docs.sqlalchemy.org/en/14/dialects/sqlite.html#pysqlite-serializable says.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        _patiently(connection, f"PRAGMA {pragma}")


def _patiently(connection: Any, statement: str) -> Any:
    # Turning WAL on ignores busy_timeout when two processes make the file at once.
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.execute(statement).fetchall()
        except SqliteBusy as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
        time.sleep(0.02)


def _begin(connection: Connection) -> None:
    # IMMEDIATE for writers: a deferred transaction that turns writer fails at once, whatever the timeout.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
