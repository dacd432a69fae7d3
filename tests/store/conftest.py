"""A store on SQLite and a store on PostgreSQL, both new for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import masterkey
from bot.store.store import Store
from bot.store.values import Created
from tests.postgres import Postgres, empty, postgres
from tests.store.builders import CHEAP, Clock, Places

__all__ = ["postgres"]


@pytest.fixture
def sqlite_places(tmp_path: Path) -> Places:
    """Places for files in a folder of their own."""
    folder = tmp_path / "var"
    masterkey.create_for_first_try(folder / "master.key")
    return Places(f"sqlite:///{folder}/words.db", f"sqlite:///{folder}/keys.db", folder, folder / "master.key")


@pytest.fixture(scope="session")
def two_databases(postgres: Postgres) -> tuple[str, str]:
    """Two databases on a server, made once because making one takes long."""
    return postgres.new_database(), postgres.new_database()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Both kinds of database; the second is too slow for every look."""
    if request.param == "sqlite":
        on_sqlite: Places = request.getfixturevalue("sqlite_places")
        return on_sqlite
    masterkey.create_for_first_try(tmp_path / "master.key")
    words, keys = (empty(url) for url in request.getfixturevalue("two_databases"))
    return Places(words, keys, tmp_path, tmp_path / "master.key")


@pytest.fixture
def clock() -> Clock:
    """Noon, until a test moves it."""
    return Clock()


@pytest.fixture
def store(places: Places, clock: Clock) -> Iterator[Store]:
    """An open store."""
    opened = Store.open(places, clock, CHEAP)
    yield opened
    opened.close()


@pytest.fixture
def talk(store: Store) -> Created:
    """A conversation on the web."""
    return store.create("web")
