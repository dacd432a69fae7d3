"""Tells the person, once, that a shared page was closed because somebody kept guessing its code."""

import asyncio
from typing import Any

from bot.store.shares import WRONG_IN_ALL
from bot.web.gateway import Gateway
from bot.web.opening import reopen
from bot.web.talks import Draft, Message, Opened


def is_guessed(state: dict[str, Any]) -> bool:
    """Whether a share's state, as the store gives it, says that wrong codes closed it."""
    return not state.get("withdrawnAt") and state.get("wrongCodes", 0) >= WRONG_IN_ALL


async def tell(gateway: Gateway, opened: Opened) -> tuple[Opened, list[Message]]:
    """Say it when it happened since the last call; while help is waited for, later.

    Returns:
        The conversation as it is then, and the new messages: one, or none.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: nothing was said.
    """
    asked = [share["shareId"] for share in opened.record.get("shares", ()) if not share.get("guessed")]
    if not asked or opened.help:
        return opened, []
    states = await asyncio.to_thread(gateway.store.shares.states, asked)
    found = [share for share, state in states.items() if is_guessed(state)]
    return await _say(gateway, opened, found) if found else (opened, [])


async def _say(gateway: Gateway, opened: Opened, found: list[str]) -> tuple[Opened, list[Message]]:
    draft = Draft(gateway, opened)
    for share in draft.record["shares"]:
        share["guessed"] = share.get("guessed", False) or share["shareId"] in found
    draft.bot("utter_share_guessed")
    await draft.commit()
    return await reopen(gateway, opened), draft.unit.messages
