"""/health says ok only when the bot can really talk."""

from typing import Any

import pytest

from bot.core.errors import DatabaseDown
from tests.web.caller import Caller
from tests.web.fakes import FakeEngine


async def test_health_names_the_model_and_the_database(caller: Caller):
    answer = await caller.call("GET", "/health")

    assert (answer.status, answer.body) == (200, {"status": "ok", "nlu": "blank", "database": "sqlite"})


async def test_before_the_first_engine_the_bot_is_starting(caller: Caller, engine: FakeEngine):
    engine.is_down = True

    answer = await caller.call("GET", "/health")

    assert (answer.status, answer["status"]) == (503, "starting")


async def test_an_engine_that_never_came_is_down(caller: Caller, engine: FakeEngine, clock: Any):
    engine.is_down = True
    clock.moves(minutes=3)

    assert (await caller.call("GET", "/health"))["status"] == "engine_down"


async def test_an_engine_that_went_away_is_down(caller: Caller, engine: FakeEngine):
    await caller.call("GET", "/health")
    engine.is_down = True

    assert (await caller.call("GET", "/health"))["status"] == "engine_down"


async def test_a_database_that_does_not_answer_is_told(caller: Caller, store: Any, monkeypatch: pytest.MonkeyPatch):
    def down() -> None:
        raise DatabaseDown

    monkeypatch.setattr(store, "ping", down)

    answer = await caller.call("GET", "/health")

    assert (answer.status, answer["status"]) == (503, "database_down")


async def test_the_gateway_is_alive_without_engine(caller: Caller, engine: FakeEngine):
    engine.is_down = True

    assert (await caller.call("GET", "/health/live")).body == {"status": "ok"}
