"""A gateway with WhatsApp, on a real store with a fake engine, and Meta's servers beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.channels import whatsapp_answering, whatsapp_lines, whatsapp_sending
from bot.settings import Settings
from bot.store.store import Store
from bot.store.tables import inbox, outbox
from bot.web.app import make_app
from bot.web.content import Content
from tests.channels.meta import SETTINGS, Meta
from tests.channels.phone import Phone
from tests.served import NO_LIMITS
from tests.store.builders import Clock
from tests.web.conftest import clock, content, engine, one_clock, sense, store
from tests.web.fakes import FakeEngine, FakeSense

__all__ = ["clock", "content", "engine", "one_clock", "sense", "store"]

SITE = "https://voorgesprek.example"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop that sends looks twenty times a second: the tests' clock moves faster than ours."""
    monkeypatch.setattr(whatsapp_sending, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(whatsapp_lines, "LOST_SECONDS", 0.05)
    monkeypatch.setattr(whatsapp_answering, "FOLLOW_WAITS", [0.05] * 100)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("whatsapp"))


@pytest.fixture(scope="session")
def settings(folder: str) -> Settings:
    """What the store is opened with."""
    return Settings.from_env({"DATA_DIR": folder})


@pytest.fixture
async def meta(aiohttp_server: Any) -> Meta:
    """Meta's servers; `address` is where they listen."""
    server = Meta()
    listening: TestServer = await aiohttp_server(server.app())
    server.address = str(listening.make_url("")).rstrip("/")
    return server


@pytest.fixture
def more() -> dict[str, str]:
    """Further settings; a test may ask for others."""
    return {}


@pytest.fixture
async def gateway(
    aiohttp_client: Any,
    folder: str,
    store: Store,
    engine: FakeEngine,
    sense: FakeSense,
    content: Content,
    clock: Clock,
    meta: Meta,
    more: dict[str, str],
) -> AsyncIterator[Any]:
    """A client of a running gateway with the channel."""
    _empty_post(store)
    env = {"DATA_DIR": folder, "PUBLIC_URL": SITE, "WHATSAPP_GRAPH_URL": meta.address, **NO_LIMITS, **SETTINGS, **more}
    yield await aiohttp_client(make_app(Settings.from_env(env), store, engine, sense, content, clock))
    await asyncio.sleep(0)


def _empty_post(store: Store) -> None:
    """What an earlier test left to be sent is none of this one's business."""
    with store._database.writing() as connection:
        for table in (inbox, outbox):
            connection.execute(table.delete())


@pytest.fixture
def phone(gateway: Any, meta: Meta) -> Phone:
    """Somebody with a phone, who wrote nothing yet."""
    return Phone(gateway, meta)


@pytest.fixture
def says(content: Content) -> Callable[[str], str]:
    """The bot's sentences in WhatsApp, by key."""
    texts = content.texts.on("whatsapp")
    return lambda key: texts.get(key).text
