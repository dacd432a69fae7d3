"""Both databases are made and brought up to date by opening the store."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from bot.store.store import Store
from bot.store.tables import keyring_tables, store_tables
from tests.store.builders import CHEAP
from tests.store.processes import at_once, open_and_create


@pytest.mark.parametrize(("name", "tables"), [("store", store_tables), ("keyring", keyring_tables)])
def test_an_empty_database_gets_exactly_the_tables_of_the_code(places, name, tables):
    Store.open(places, scrypt_cost=CHEAP).close()
    engine = create_engine(places.database_url if name == "store" else places.keyring_url)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": f"{name}_version"})
        assert compare_metadata(context, tables) == []
        assert set(tables.tables) < set(inspect(connection).get_table_names())


def test_opening_again_changes_nothing(places):
    first = Store.open(places, scrypt_cost=CHEAP)
    talk = first.create("web")

    second = Store.open(places, scrypt_cost=CHEAP)

    assert second.unlock(talk.conversation_id, talk.token) == talk.data_key
    first.close()
    second.close()


@pytest.mark.slow
def test_processes_may_open_an_empty_database_at_once(places):
    talks = at_once(open_and_create, places)

    store = Store.open(places, scrypt_cost=CHEAP)
    assert [store.resume(talk.resume_code).data_key for talk in talks] == [talk.data_key for talk in talks]
    store.close()


def test_a_folder_with_odd_characters_is_no_obstacle(sqlite_places):
    odd = sqlite_places.on_a_copy_of(sqlite_places.data_dir.parent / "100% my data; here")

    Store.open(odd, scrypt_cost=CHEAP).close()


def test_database_files_are_for_their_owner_only(sqlite_places):
    store = Store.open(sqlite_places, scrypt_cost=CHEAP)

    modes = {path.name: path.stat().st_mode & 0o777 for path in sqlite_places.data_dir.glob("*.db*")}

    assert set(modes.values()) == {0o600}, modes
    store.close()
