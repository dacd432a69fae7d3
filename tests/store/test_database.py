"""A database that is away has one name, and waiting for it has an end."""

from contextlib import suppress

import pytest
from sqlalchemy import inspect, text

from bot.core.errors import DatabaseDown
from bot.store import database as module
from bot.store.database import Database
from bot.store.store import Store
from tests.store.builders import CHEAP, Places, a_change


def test_a_store_that_works_answers_the_ping(store):
    store.ping()


def test_a_server_that_is_not_there_is_a_database_that_is_down(tmp_path):
    database = Database(f"postgresql://nobody@/nothing?host={tmp_path}")

    with pytest.raises(DatabaseDown) as trouble, database.reading() as connection:
        connection.execute(text("SELECT 1"))
    assert trouble.value.__cause__ is not None


def test_a_file_that_is_no_database_is_a_database_that_is_down(tmp_path):
    (tmp_path / "words.db").write_bytes(b"no database at all" * 100)

    with pytest.raises(DatabaseDown), Database(f"sqlite:///{tmp_path}/words.db").reading():
        pass


def test_a_lost_table_is_noticed_by_the_ping(sqlite_places):
    store = Store.open(sqlite_places, scrypt_cost=CHEAP)
    with store._database.writing() as connection:
        connection.execute(text("DROP TABLE conversations"))

    with pytest.raises(DatabaseDown):
        store.ping()


def test_a_writer_that_never_ends_makes_others_give_up_in_time(sqlite_places, monkeypatch):
    monkeypatch.setattr(module, "PRAGMAS", ("busy_timeout=50", *module.PRAGMAS[1:]))
    store, other = (Store.open(sqlite_places, scrypt_cost=CHEAP) for _ in range(2))
    talk = store.create("web")
    change = a_change(store, talk)

    with other._database.writing(), pytest.raises(DatabaseDown):
        store.commit(change)

    store.commit(change)


def test_reading_goes_on_while_another_writes(sqlite_places):
    store, other = (Store.open(sqlite_places, scrypt_cost=CHEAP) for _ in range(2))
    talk = store.create("web")

    with other._database.writing():
        assert store.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_a_write_on_a_connection_that_read_is_still_all_or_nothing(places):
    database = Database(places.database_url, most=1)
    with database.reading() as connection:
        connection.execute(text("SELECT 1"))

    with suppress(RuntimeError), database.writing() as connection:
        connection.execute(text("CREATE TABLE half (done INTEGER)"))
        raise RuntimeError("half way")

    with database.reading() as connection:
        assert "half" not in inspect(connection).get_table_names()


def test_sqlite_keeps_what_was_promised_at_power_loss(sqlite_places):
    Store.open(sqlite_places, scrypt_cost=CHEAP).close()
    with Database(sqlite_places.database_url).reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_a_database_in_memory_is_refused(sqlite_places):
    places = Places("sqlite://", sqlite_places.keyring_url, sqlite_places.data_dir, sqlite_places.master_key_file)

    with pytest.raises(ValueError, match="needs a file"):
        Store.open(places, scrypt_cost=CHEAP)


def test_trouble_shows_no_values(sqlite_places):
    database = Database(sqlite_places.database_url)

    with pytest.raises(DatabaseDown) as trouble, database.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "INDIFFERENT-TABLE"})

    assert "INDIFFERENT-TABLE" not in str(trouble.value.__cause__)
