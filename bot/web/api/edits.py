"""A change of a conversation outside the talk: load, change, commit, in order with its turns."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from bot.store.unit_of_work import UnitOfWork
from bot.store.values import Reply
from bot.web.auth import token_of
from bot.web.gateway import GATEWAY
from bot.web.opening import open_talk
from bot.web.order import in_order
from bot.web.said import Said
from bot.web.talks import Draft, Opened
from bot.web.turns import Turn

T = TypeVar("T")
Answer = dict[str, Any]


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


async def edit_once(request: web.Request, said: Said, change: Callable[[UnitOfWork], Answer]) -> Answer:
    """Change the conversation of this request, however often the request comes.

    Args:
        said: what the request stands for; with a `message_id` a repeat gets the first answer again.

    Raises:
        MessageIdReused: the same id came with something else.
        Busy, ConversationUnknown, DatabaseDown: as `edit` says.
    """
    gateway, conversation_id, token = request.app[GATEWAY], request.match_info["conversationId"], token_of(request)

    async def work() -> Answer:
        turn = Turn(gateway, await open_talk(gateway, conversation_id, token, said.message_id), said)
        earlier = turn.first_reply()
        return await _first_time(turn, change) if earlier is None else earlier

    return await in_order(gateway, conversation_id, work)


async def _first_time(turn: Turn, change: Callable[[UnitOfWork], Answer]) -> Answer:
    draft, message_id = turn.draft(), turn.said.message_id
    answer = await asyncio.to_thread(change, draft.unit)
    await draft.commit(Reply(message_id, turn.fingerprint, answer) if message_id else None)
    return answer
