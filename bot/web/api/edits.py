"""A change of a conversation outside the talk: load, change, commit, in order with its turns."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from aiohttp import web

from bot.store.unit_of_work import UnitOfWork
from bot.web.auth import token_of
from bot.web.gateway import GATEWAY
from bot.web.order import in_order
from bot.web.talks import Draft, Opened, open_talk

T = TypeVar("T")


async def load(request: web.Request) -> Opened:
    """The conversation of this request.

    Raises:
        TokenMissing, TokenWrong, ConversationUnknown, DatabaseDown: as the store says.
    """
    return await open_talk(request.app[GATEWAY], request.match_info["conversationId"], token_of(request))


async def edit(request: web.Request, change: Callable[[UnitOfWork], T]) -> T:
    """Change the conversation of this request.

    Args:
        change: makes the change and gives what the answer shows; it may run again after a lost race.

    Raises:
        Busy, ConversationUnknown, DatabaseDown: nothing was changed.
    """
    gateway = request.app[GATEWAY]
    token_of(request)  # a request without a token does not queue

    async def work() -> T:
        draft = Draft(gateway, await load(request))
        # in a thread: sharing a page makes a key out of its code, which is slow on purpose
        result = await asyncio.to_thread(change, draft.unit)
        await draft.commit()
        return result

    return await in_order(gateway, request.match_info["conversationId"], work)
