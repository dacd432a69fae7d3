"""A database that is locked, full, read-only, silent or cut off is told in time, and works again by itself."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import DatabaseDown, LostRace
from bot.store import database as module
from bot.store import masterkey
from bot.store.database import Database
from bot.store.store import Store
from tests.store.builders import CHEAP, Places, a_change, a_message, a_reply
from tests.trouble import Line, full_disk, locked, read_only, small_disk

pytestmark = pytest.mark.slow

WORDS = "Ik zing graag. " * 200


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are short."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(module, "PRAGMAS", ("busy_timeout=50", *module.PRAGMAS[1:]))


@pytest.fixture
def line(two_databases: tuple[str, str], tmp_path: Path) -> Iterator[Line]:
    """A line to PostgreSQL that can be cut and stalled."""
    folder = Path(two_databases[0].partition("host=")[2])
    made = Line(folder / ".s.PGSQL.5432", tmp_path / ".s.PGSQL.5432")
    yield made
    made.close()


@pytest.fixture
def far(line: Line, places: Places, tmp_path: Path) -> Iterator[Store]:
    """A store on PostgreSQL at the other end of that line."""
    words, keys = (url.partition("host=")[0] + f"host={tmp_path}" for url in (places.database_url, places.keyring_url))
    opened = Store.open(Places(words, keys, tmp_path, places.master_key_file), scrypt_cost=CHEAP)
    yield opened
    opened.close()


far_only = pytest.mark.parametrize("places", ["postgresql"], indirect=True)
here_only = pytest.mark.parametrize("places", ["sqlite"], indirect=True)


def is_refused(store: Store, change: Any) -> bool:
    """Whether neither a turn nor the ping can be saved."""
    with pytest.raises(DatabaseDown):
        store.commit(change)
    with pytest.raises(DatabaseDown):
        store.ping()
    return True


def test_a_write_that_does_not_end_in_this_process_makes_others_give_up(sqlite_places: Places, impatient: None):
    database = Database(sqlite_places.database_url)
    gave_up: list[Exception] = []

    def other() -> None:
        try:
            database.beat("store_version")
        except DatabaseDown as trouble:
            gave_up.append(trouble)

    with database.writing():
        waiter = threading.Thread(target=other)
        waiter.start()
        waiter.join(30)

    assert gave_up
    database.beat("store_version")


def test_a_file_that_another_process_locks_is_told_and_taken_up_again(sqlite_places: Places, impatient: None):
    store = Store.open(sqlite_places, scrypt_cost=CHEAP)
    talk = store.create("web")
    change = a_change(store, talk, messages=[a_message()])

    with locked(sqlite_places.data_dir / "words.db"):
        assert is_refused(store, change)
        assert store.load(talk.conversation_id, talk.data_key).version == 0

    store.commit(change)
    store.ping()


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path):
    with small_disk(tmp_path / "disk") as folder:
        masterkey.create_for_first_try(tmp_path / "master.key")
        urls = f"sqlite:///{folder}/words.db", f"sqlite:///{tmp_path}/keys.db"
        store = Store.open(Places(*urls, folder, tmp_path / "master.key"), scrypt_cost=CHEAP)
        talk = store.create("web")
        change = a_change(store, talk, messages=[a_message(WORDS)] * 5)

        with full_disk(folder):
            assert is_refused(store, change)

        store.commit(change)
        store.ping()
        store.close()


def test_a_read_only_file_is_told_and_written_again_later(sqlite_places: Places):
    store = Store.open(sqlite_places, scrypt_cost=CHEAP)
    change = a_change(store, store.create("web"))
    store.close()

    with read_only(sqlite_places.data_dir / "words.db"):
        assert is_refused(store, change)
        store.close()

    store.commit(change)
    store.ping()


@far_only
def test_a_server_that_only_reads_is_told_by_the_ping(store: Store, places: Places):
    name = places.database_url.partition("@/")[2].partition("?")[0]
    store.close()  # a setting of the database is for new connections
    with Database(places.database_url).writing() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        with pytest.raises(DatabaseDown):
            store.ping()
    finally:
        with Database(places.database_url + "&options=-cdefault_transaction_read_only=off").writing() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} RESET default_transaction_read_only")


@far_only
def test_a_server_that_says_nothing_is_told_in_time_and_used_again(far: Store, line: Line, impatient: None):
    change = a_change(far, far.create("web"))

    with line.stalled():
        assert is_refused(far, change)

    far.commit(change)
    far.ping()


@far_only
def test_a_server_that_does_not_even_connect_is_told_in_time(far: Store, line: Line, impatient: None):
    far.close()

    with line.stalled(), pytest.raises(DatabaseDown):
        far.ping()


@far_only
def test_a_connection_that_was_cut_between_two_turns_is_made_anew(far: Store, line: Line):
    change = a_change(far, far.create("web"))

    line.cut()

    far.commit(change)


@far_only
def test_a_cut_during_the_commit_leaves_one_turn_and_its_reply(far: Store, line: Line):
    talk = far.create("web")
    change = a_change(far, talk, messages=[a_message()], reply=a_reply("m1"))

    line.cut_after = b"COMMIT\0"  # the whole of a query: a transaction may begin with READ COMMITTED
    with pytest.raises(DatabaseDown):
        far.commit(change)

    assert far.reply(talk.conversation_id, talk.data_key, "m1") == change.reply
    with pytest.raises(LostRace):
        far.commit(change)
    assert len(far.messages(talk.conversation_id, talk.data_key)) == 1


@far_only
def test_a_row_that_another_holds_is_waited_for_with_an_end(store: Store, places: Places, monkeypatch: Any):
    monkeypatch.setitem(module.SERVER_LIMITS, "lock_timeout", 100)
    talk, other = store.create("web"), Store.open(places, scrypt_cost=CHEAP)
    change = a_change(other, talk)

    with store._database.writing() as holding:
        holding.exec_driver_sql("SELECT 1 FROM conversations FOR UPDATE").all()
        with pytest.raises(DatabaseDown):
            other.commit(change)

    other.commit(change)
    other.close()


@here_only
def test_the_ping_really_writes_on_sqlite(store: Store, places: Places):
    log = places.data_dir / "words.db-wal"
    store._database.forget_deleted()

    store.ping()

    assert log.stat().st_size > 0


@far_only
def test_a_process_opens_no_more_connections_than_are_counted_on(places: Places):
    database, together = Database(places.database_url, most=2), threading.Barrier(2)

    def look(_: int) -> int:
        with database.reading() as connection:
            together.wait(5)  # so that two are lent out at the same moment
            return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar())

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(look, range(8)))) == 2
    database.close()


@far_only
def test_a_machine_that_loses_its_power_keeps_no_talk_locked_for_long(store: Store):
    with store._database.reading() as connection:
        found = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()

    assert found == "10s"
