"""/health says ok only when the bot can really talk."""

import asyncio
import threading
from typing import Any

import pytest

from bot.core.errors import DatabaseDown
from bot.web.api import health
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


class AStore:
    """A database that counts its pings; one of them may hang until it is let go."""

    def __init__(self) -> None:
        self.pings = 0
        self.goes_on = threading.Event()
        self.goes_on.set()

    def ping(self) -> None:
        self.pings += 1
        self.goes_on.wait(20)


async def test_whoever_asks_often_costs_one_ping_a_second():
    store, seconds = AStore(), [100.0]
    pulse = health.Pulse(store, lambda: seconds[0])  # type: ignore[arg-type]

    await asyncio.gather(*(pulse.check() for _ in range(50)))
    assert store.pings == 1
    seconds[0] += health.PULSE_SECONDS
    await pulse.check()

    assert store.pings == 2


async def test_a_database_that_hangs_is_down_and_is_not_asked_again_meanwhile(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "PING_SECONDS", 0.05)
    store = AStore()
    store.goes_on.clear()
    pulse = health.Pulse(store)  # type: ignore[arg-type]

    for _ in range(2):
        with pytest.raises(DatabaseDown):
            await pulse.check()

    assert store.pings == 1
    store.goes_on.set()


async def test_the_gateway_is_alive_without_engine(caller: Caller, engine: FakeEngine):
    engine.is_down = True

    assert (await caller.call("GET", "/health/live")).body == {"status": "ok"}
