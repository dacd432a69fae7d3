"""A cry for help waits for nobody: what keeps the talk from answering it goes out with the numbers beside it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.sense.sensing import Sensed
from bot.web.errors import Busy
from bot.web.gateway import Gateway
from bot.web.talks import State

HELP_SECONDS = 3  # the answer takes milliseconds; a database or an earlier turn that hangs takes up to 20 seconds


async def answer(gateway: Gateway, sensed: Sensed, work: Coroutine[Any, Any, State]) -> State:
    """Answer a cry in the talk, or soon without it.

    Args:
        sensed: what the words said.
        work: the turn itself. When time is up it goes on alone; the same messageId finds its reply later.

    Raises:
        Busy, DatabaseDown and all that the turn raises: with `help`, the sentences about whom to call.
    """
    turn = asyncio.create_task(work)
    gateway.under_way.add(turn)
    turn.add_done_callback(gateway.under_way.discard)
    await asyncio.wait([turn], timeout=HELP_SECONDS)
    try:
        if not turn.done():
            turn.add_done_callback(lambda late: late.cancelled() or late.exception())  # nobody waits for it
            raise Busy
        return turn.result()
    except Exception as trouble:  # whatever it is, it goes on with the numbers beside it
        trouble.help = gateway.content.help_texts(sensed.signals, gateway.now())  # type: ignore[attr-defined]
        raise
