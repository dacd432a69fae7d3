"""Turns of one conversation run one after another, in the order they came."""

import asyncio
from typing import Any

import pytest

from bot.settings import Settings
from bot.store.store import Store
from bot.web.app import make_app
from bot.web.content import Content
from bot.web.locks import Locks
from tests.store.builders import Clock
from tests.web.caller import Caller, Person
from tests.web.fakes import FakeEngine, FakeSense


async def test_turns_of_one_conversation_wait_for_each_other():
    locks, log = Locks(), []

    async def turn(number: int) -> None:
        async with locks.of("a"):
            log.append(f"begin {number}")
            await asyncio.sleep(0)
            log.append(f"end {number}")

    await asyncio.gather(*(turn(number) for number in range(3)))

    assert log == ["begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2"]


async def test_turns_of_two_conversations_do_not():
    locks = Locks()

    async with locks.of("a"), locks.of("b"):
        pass


async def test_a_lock_that_nobody_uses_is_forgotten():
    locks = Locks()

    async with locks.of("a"):
        assert len(locks._locks) == 1

    assert len(locks._locks) == 0


@pytest.fixture
async def other(
    aiohttp_client: Any, settings: Settings, store: Store, engine: FakeEngine, content: Content, clock: Clock
) -> Caller:
    """Another gateway on the same databases, as on another machine."""
    return Caller(await aiohttp_client(make_app(settings, store, engine, FakeSense(), content, clock)))


async def test_one_message_through_two_gateways_at_once_is_one_turn(talker: Person, other: Caller):
    said = {"text": "Ik was moe.", "messageId": "m1"}
    there = other.call("POST", f"{talker.path}/messages", talker.token, json=said)

    first, second = await asyncio.gather(talker.say(**said), there)

    assert first.body == second.body
    assert (await talker.reads()).texts.count("Ik was moe.") == 1


async def test_two_messages_through_two_gateways_at_once_are_two_turns(talker: Person, other: Caller):
    there = other.call("POST", f"{talker.path}/messages", talker.token, json={"text": "Ook moe."})

    answers = await asyncio.gather(talker.type("Ik was moe."), there)

    assert {answer["progress"]["answered"] for answer in answers} == {1, 2}
    assert {"Ik was moe.", "Ook moe."} <= set((await talker.reads()).texts)


async def test_the_second_of_two_devices_gets_a_token_and_the_first_loses_its_own(talker: Person, caller: Caller):
    resumed = await caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    assert (await talker.type("Ik was moe.")).status in (401, 404)
    talker.token = resumed["token"]
    assert (await talker.type("Ik was moe.")).status == 200
