"""Gateway, engine and store as they are served, but in one process, where one stopwatch sees them all."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.walk import Reply
from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.route import Route
from bot.core.texts import Texts
from bot.engine.agent import MODEL, TalkAgent
from bot.engine.server import Engine
from bot.engine.sockets import bind
from bot.sense.sensing import Sense
from bot.settings import Settings
from bot.store import masterkey
from bot.store.store import Store
from bot.store.unit_of_work import Content as Spoken
from bot.web.app import make_app
from bot.web.content import Content
from bot.web.engine_client import EngineClient
from tests.served import NO_LIMITS


class Talk:
    """One conversation over HTTP."""

    def __init__(self, client: Any, made: dict[str, Any]) -> None:
        self._client, self._path = client, f"/v1/conversations/{made['conversationId']}/messages"
        self._headers = {"Authorization": f"Bearer {made['token']}"}

    async def says(self, **said: str) -> Reply:
        """Take one turn."""
        async with self._client.post(self._path, json=said, headers=self._headers) as answer:
            state = await answer.json()
        return Reply.of(state)


@asynccontextmanager
async def talking(folder: Path) -> AsyncIterator[tuple[TalkAgent, Callable[[], Awaitable[Talk]]]]:
    """The loaded agent, and what begins a conversation, with data in this folder."""
    masterkey.create_for_first_try(folder / "master.key")
    settings = Settings.from_env({"DATA_DIR": str(folder), **NO_LIMITS})
    agent = _agent(settings)
    async with _engine(settings, agent), _gateway(settings) as client:

        async def begin() -> Talk:
            async with client.post("/v1/conversations", json={"channel": "web"}) as answer:
                return Talk(client, await answer.json())

        yield agent, begin


def _agent(settings: Settings) -> TalkAgent:
    helps = helplines.load(settings.municipality_file)
    return TalkAgent.load(MODEL, Route(questionnaire.load()), helps.placeholders)


@asynccontextmanager
async def _engine(settings: Settings, agent: TalkAgent) -> AsyncIterator[None]:
    helps = helplines.load(settings.municipality_file)
    spoken = Spoken(questionnaire.load(), Texts.load(helps.placeholders()))
    engine = Engine(agent, Store.open(settings), spoken, "blank")
    runner = web.AppRunner(engine.app(), access_log=None)
    await runner.setup()
    with bind(settings.data_dir / "engine-0.sock") as socket:
        await web.SockSite(runner, socket).start()
        yield
        await runner.cleanup()


@asynccontextmanager
async def _gateway(settings: Settings) -> AsyncIterator[Any]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    content = Content.load(settings.municipality_file)
    sense = Sense(public=content.help.public_numbers)
    client = EngineClient(settings.data_dir, settings.engines)
    async with TestClient(TestServer(make_app(settings, Store.open(settings), client, sense, content))) as caller:
        yield caller
