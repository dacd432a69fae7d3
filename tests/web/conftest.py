"""A gateway on a real store in a folder of its own, with a fake engine and a fake sense."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from bot.settings import Settings
from bot.store import masterkey
from bot.store.store import Store
from bot.web.app import make_app
from bot.web.content import Content
from tests.served import NO_LIMITS
from tests.store.builders import CHEAP, NOON, Clock
from tests.web.caller import Caller, Person
from tests.web.cards import KEY
from tests.web.fakes import FakeEngine, FakeSense
from tests.web.pair import Pair


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of most tests, with one folder for all: every test begins a conversation of its own."""
    folder = str(tmp_path_factory.mktemp("web"))
    return Settings.from_env(
        {"DATA_DIR": folder, "PUBLIC_URL": "https://voorgesprek.example", "STAFF_KEY": KEY, **NO_LIMITS}
    )


@pytest.fixture(scope="session")
def one_clock() -> Clock:
    """The clock of the one store, set to noon again before every test."""
    return Clock()


@pytest.fixture
def clock(one_clock: Clock) -> Clock:
    """Noon on a Monday, until a test moves it."""
    one_clock.now = NOON
    return one_clock


@pytest.fixture(scope="session")
def store(settings: Settings, one_clock: Clock) -> Iterator[Store]:
    """A real store; opening one takes longer than most tests."""
    masterkey.create_for_first_try(settings.master_key_file)
    opened = Store.open(settings, one_clock, CHEAP)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def content() -> Content:
    """The real questionnaire, texts and help lines."""
    return Content.load()


@pytest.fixture
def says(content: Content) -> Callable[[str], str]:
    """The bot's sentences at noon on a working day, by key."""
    return lambda key: content.texts.get(key).text


@pytest.fixture
def engine(store: Store, content: Content, clock: Clock) -> FakeEngine:
    """The fake engine."""
    return FakeEngine(store, content, clock)


@pytest.fixture
def sense() -> FakeSense:
    """The fake sense."""
    return FakeSense()


@pytest.fixture
async def caller(
    aiohttp_client: Any,
    settings: Settings,
    store: Store,
    engine: FakeEngine,
    sense: FakeSense,
    content: Content,
    clock: Clock,
) -> AsyncIterator[Caller]:
    """Somebody who calls the gateway."""
    return Caller(await aiohttp_client(make_app(settings, store, engine, sense, content, clock)))


@pytest.fixture
async def person(caller: Caller) -> Person:
    """Somebody who was just welcomed."""
    return await caller.begin()


@pytest.fixture
async def talker(person: Person) -> Person:
    """Somebody who said yes to keeping answers and is asked how the week was."""
    await person.tap("consent_yes", "remember_no")
    return person


@pytest.fixture
async def pair(
    settings: Settings, store: Store, engine: FakeEngine, sense: FakeSense, content: Content, clock: Clock
) -> AsyncIterator[Pair]:
    """Two gateways on one store."""
    env = {"DATA_DIR": str(settings.data_dir), **NO_LIMITS}
    started = await Pair((store, engine, sense, content, clock), env).start()
    yield started
    for caller in started.callers:
        await caller.client.close()
