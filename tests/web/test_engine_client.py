"""One call a turn over a socket; every way in which that can fail has a name."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.core.errors import ConversationUnknown, DatabaseDown, EngineDown, LostRace
from bot.web import engine_client
from bot.web.engine_client import EngineClient, EngineFailed, EngineLate

TURN = {"conversationId": "abc", "text": "hoi"}
Start = Callable[..., Awaitable[None]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts an engine that answers every call in the same way."""
    runners = []

    async def on(number: int, handler: Any) -> None:
        app = web.Application()
        app.add_routes([web.post("/turn", handler), web.get("/health", handler)])
        runner = web.AppRunner(app)
        await runner.setup()
        await web.UnixSite(runner, str(tmp_path / f"engine-{number}.sock")).start()
        runners.append(runner)

    yield on
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[EngineClient]:
    """A client of two engines."""
    made = EngineClient(tmp_path, 2)
    yield made
    await made.close()


def answers(status: int, body: Any) -> Any:
    async def handler(request: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return handler


async def test_the_state_comes_back(client: EngineClient, start: Start):
    await start(0, answers(200, {"state": {"messages": []}}))

    assert await client.turn(TURN) == {"messages": []}


async def test_the_engine_gets_the_turn_as_it_is(client: EngineClient, start: Start):
    async def echo(request: web.Request) -> web.Response:
        return web.json_response({"state": await request.json()})

    await start(0, echo)

    assert await client.turn(TURN) == TURN


async def test_when_one_engine_is_gone_the_other_takes_the_turn(client: EngineClient, start: Start):
    await start(1, answers(200, {"state": {}}))

    for conversation in "abcdefgh":
        assert await client.turn({"conversationId": conversation}) == {}


async def test_without_engines_nobody_takes_the_turn(client: EngineClient):
    with pytest.raises(EngineDown):
        await client.turn(TURN)


@pytest.mark.parametrize(
    ("status", "error"),
    [(409, LostRace), (410, ConversationUnknown), (503, DatabaseDown), (500, EngineFailed), (404, EngineFailed)],
)
async def test_every_refusal_has_a_name(client: EngineClient, start: Start, status: int, error: type[Exception]):
    await start(0, answers(status, {"error": "x"}))
    await start(1, answers(status, {"error": "x"}))

    with pytest.raises(error):
        await client.turn(TURN)


@pytest.mark.parametrize("body", [{}, [], {"state": 3}, "nonsense"])
async def test_an_answer_that_cannot_be_read_is_a_failure(client: EngineClient, start: Start, body: Any):
    await start(0, answers(200, body))
    await start(1, answers(200, body))

    with pytest.raises(EngineFailed):
        await client.turn(TURN)


async def test_an_engine_that_takes_too_long_is_late(
    client: EngineClient, start: Start, monkeypatch: pytest.MonkeyPatch
):
    async def sleeps(request: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.json_response({"state": {}})

    monkeypatch.setattr(engine_client, "TURN_SECONDS", 0.2)
    await start(0, sleeps)
    await start(1, sleeps)

    with pytest.raises(EngineLate) as late:
        await client.turn(TURN)

    assert not late.value.was_cut


async def test_a_connection_that_breaks_is_late_and_cut(client: EngineClient, start: Start):
    async def breaks(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.close()
        return web.json_response({})

    await start(0, breaks)
    await start(1, breaks)

    with pytest.raises(EngineLate) as late:
        await client.turn(TURN)

    assert late.value.was_cut


async def test_health_is_the_first_engine_that_answers(client: EngineClient, start: Start):
    await start(0, answers(503, {"status": "engine_down"}))
    await start(1, answers(200, {"status": "ok", "nlu": "blank"}))

    assert (await client.health())["nlu"] == "blank"


async def test_health_without_engines_is_down(client: EngineClient):
    with pytest.raises(EngineDown):
        await client.health()
