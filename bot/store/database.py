"""Opens SQLite or PostgreSQL and lends out transactions; trouble comes back as DatabaseDown, and in time."""

import os
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError as SqliteBusy
from typing import Any

import psycopg2
from psycopg2 import extensions
from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import NullPool, QueuePool

from bot.core.errors import DatabaseDown

BUSY_SECONDS = 5  # for another's transaction, and the same again for SQLite's queue within this process
# The server stops a statement after BUSY_SECONDS; what did not answer by then, hangs. With both a turn knows within the
# 10 seconds that the gateway waits for an engine.
ANSWER_SECONDS = 8
# Milliseconds, or as told: for the server's own limits, and for the network between. A machine that loses its power in
# the middle of a turn must not keep that talk locked, nor its connections, for longer than this.
SERVER_LIMITS = {
    "statement_timeout": BUSY_SECONDS * 1000,
    "lock_timeout": BUSY_SECONDS * 1000,
    "idle_in_transaction_session_timeout": 2 * BUSY_SECONDS * 1000,
    "tcp_keepalives_idle": 30,  # seconds
    "tcp_keepalives_interval": 10,  # seconds
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # for a line on which something was still on its way
}
KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3}
# One connection a thread: asyncio's default pool has min(32, cores + 4) threads.
FILE_POOL = {"pool_size": 8, "max_overflow": 24, "pool_timeout": BUSY_SECONDS}
# A server allows so many in all (docs/operations.md counts them), so a thread rather waits: with 40 people at once the
# gateway and an engine of one machine, loaded to its limit, used 9 at the same moment, mostly 2.
MOST_CONNECTIONS = 8  # of a process to one server
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

    def __init__(self, url: str, most: int = MOST_CONNECTIONS) -> None:
        """Opens nothing yet.

        Args:
            most: connections to a server at the same time; who needs one more waits for up to BUSY_SECONDS.
        """
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._url = url
        self._engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url, most)
        self._writer = self._engine.execution_options(writes=True)
        # Beginning and ending a transaction costs more than most of our reads: two trips to a server, or half of what
        # SQLite needs.
        alone = {"reads": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reader = self._engine.execution_options(**alone)
        # SQLite has one writer; waiting in line here is fair, its own busy handler sleeps and guesses.
        self._line = threading.Lock() if self.is_sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lends a connection for reading; each statement sees its own moment, see `one_moment`.

        Raises:
            DatabaseDown: it cannot be reached.
        """
        with _named_trouble(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def one_moment(self) -> Iterator[Connection]:
        """Lends a connection whose every read sees the same moment, however long it takes.

        Raises:
            DatabaseDown: it cannot be reached.
        """
        # SQLite's WAL does so by itself.
        engine = self._engine if self.is_sqlite else self._without_limits(isolation_level="REPEATABLE READ")
        with _named_trouble(), engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lends a transaction: committed at the end, rolled back by any error.

        Raises:
            DatabaseDown: it cannot be reached or does not commit. Nothing was changed, unless the connection broke
                during the commit itself: then only reading can tell.
        """
        with _named_trouble(), self._in_line(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Lends a transaction that may take as long as it needs: changing a large table does.

        Raises:
            DatabaseDown: as `writing` says.
        """
        engine = self._writer if self.is_sqlite else self._without_limits()
        with _named_trouble(), self._in_line(), engine.begin() as connection:
            yield connection

    def beat(self, version_table: str) -> None:
        """Really writes something that means nothing: a full, locked or read-only database still reads well.

        Args:
            version_table: alembic's own, the one table that every database of ours has.

        Raises:
            DatabaseDown: nothing can be saved.
        """
        # SQLite writes no page for an UPDATE that changes nothing; this number in its header is ours to use.
        number = f"PRAGMA user_version = {int(time.time()) % 2**31}"
        row = f"UPDATE {version_table} SET version_num = version_num"  # noqa: S608  # a name of our own
        with self.writing() as connection:
            connection.exec_driver_sql(number if self.is_sqlite else row)

    def forget_deleted(self) -> None:
        """Empties SQLite's write-ahead log, where deleted rows would linger; readers may delay it."""
        if not self.is_sqlite:
            return
        with _named_trouble(), self._in_line(), self._engine.connect() as connection:
            # The driver's own connection, because a checkpoint cannot run inside a transaction.
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Closes all connections that are not lent out."""
        self._engine.dispose()

    def _without_limits(self, **options: str) -> Engine:
        return create_engine(self._url, future=True, hide_parameters=True, poolclass=NullPool, **options)

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        if self._line is None:
            yield
            return
        if not self._line.acquire(timeout=BUSY_SECONDS):
            raise DatabaseDown("database: another write does not end")
        try:
            yield
        finally:
            self._line.release()


@contextmanager
def _named_trouble() -> Iterator[None]:
    try:
        yield
    except OUR_OWN_MISTAKES:
        raise
    except (exc.DBAPIError, exc.TimeoutError, SqliteBusy) as error:
        raise DatabaseDown(f"database: {type(error).__name__}") from error


class _Limited(extensions.connection):  # type: ignore[misc]  # psycopg2 carries no types
    """A connection on which an answer must come in time."""


def _wait(connection: extensions.connection) -> None:
    """Waits for the server's answer; libpq itself would wait for ever for a server that hangs."""
    give_up = time.monotonic() + ANSWER_SECONDS
    while (state := connection.poll()) != extensions.POLL_OK:
        ready = select.poll()  # a new one: while connecting, one address after another brings another socket
        ready.register(connection.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
        left = give_up - time.monotonic() if isinstance(connection, _Limited) else None
        if left is not None and left <= 0:
            raise psycopg2.OperationalError("no answer in time")
        ready.poll(None if left is None else left * 1000)


def _server_engine(url: str, most: int) -> Engine:
    extensions.set_wait_callback(_wait)
    limits = " ".join(f"-c {name}={value}" for name, value in SERVER_LIMITS.items())
    own = str(make_url(url).query.get("options", ""))
    return create_engine(
        url,
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connection_factory": _Limited, "options": f"{own} {limits}", **KEEPALIVE},
        pool_size=most,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
    )


def _sqlite_engine(url: str) -> Engine:
    _create_private_file(make_url(url).database)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
        **FILE_POOL,
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
    options = connection.get_execution_options()
    if not options.get("reads"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
