"""Keeps a turn while no engine answers, and delivers it once when one does."""

from dataclasses import replace
from typing import Any

from bot.core import concern
from bot.core.errors import EngineDown
from bot.web import engine_turn
from bot.web.engine_client import EngineFailed
from bot.web.engine_turn import Call, Entry
from bot.web.gateway import Gateway
from bot.web.talks import Draft, Opened, reopen
from bot.web.turns import Turn

MOST = 50  # turns kept for one conversation; who types more sees that it is not kept
GIVE_UP = 5  # an engine that fails on the same turn this often will not learn; the talk must go on


async def deliver(gateway: Gateway, opened: Opened) -> Opened:
    """Let the engine take every kept turn, in order; while help is waited for, none.

    Returns:
        The conversation after the last one that was taken.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: as the engine says.
    """
    while opened.pending and not opened.help:
        try:
            await _first(gateway, opened)
        except EngineFailed:
            await _count_failure(gateway, opened)
            return await reopen(gateway, opened)
        except EngineDown:
            return opened
        opened = await reopen(gateway, opened)
    return opened


async def keep(turn: Turn, entry: Entry) -> dict[str, Any]:
    """Keep a turn that no engine took, and tell the person; before consent only tell.

    Returns:
        The state, with the bot's word about what happened to the message.
    """
    draft = turn.draft()
    is_kept = turn.opened.given("consent") and len(turn.opened.pending) < MOST
    if is_kept:
        draft.record["pending"] = [*turn.opened.pending, replace(entry, concern=False).json()]
    draft.bot("utter_engine_down" if is_kept else "utter_engine_down_unkept")
    if entry.concern:  # the warm question is the gateway's then: it must not wait for an engine
        concern.ask(draft.record)
        draft.bot("utter_ask_concern")
    # Without the words there is nothing to repeat: the same message sent again is a new try.
    return await turn.finish(draft, is_repeatable=is_kept)


async def _first(gateway: Gateway, opened: Opened) -> None:
    first, *rest = opened.pending
    # The engine commits the record that it gets, so the turn leaves the queue in the same transaction.
    call = await Call.about(gateway, Entry(**first))
    await engine_turn.take(gateway, opened.having(pending=rest), call)


async def _count_failure(gateway: Gateway, opened: Opened) -> None:
    first, *rest = opened.pending
    tries = first.get("tries", 0) + 1
    draft = Draft(gateway, opened)
    draft.record["pending"] = [{**first, "tries": tries}, *rest] if tries < GIVE_UP else rest
    if tries == GIVE_UP:
        draft.bot("utter_engine_down_unkept")
        draft.ask_again()
    await draft.commit()
