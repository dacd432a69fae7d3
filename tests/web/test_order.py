"""Turns of one conversation run one after another, in the order they came."""

import asyncio

from bot.web.locks import Locks


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
