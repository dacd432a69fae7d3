"""Runs the calls of one conversation one after another, and again when another process was first."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from bot.core.errors import LostRace
from bot.web.errors import Busy
from bot.web.gateway import Gateway

T = TypeVar("T")
TRIES = 5  # every lost race means that somebody else's turn was done, so this is rarely more than two


async def in_order(gateway: Gateway, conversation_id: str, work: Callable[[], Awaitable[T]]) -> T:
    """Do work that loads, changes and commits one conversation.

    Args:
        work: does it from the start; run again when its commit came too late.

    Raises:
        Busy: it came too late every time; nothing was changed.
    """
    async with gateway.locks.of(conversation_id):
        for _ in range(TRIES):
            with suppress(LostRace):
                return await work()
    raise Busy
