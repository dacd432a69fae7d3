"""Keeps a turn while no engine answers, and delivers it once when one does."""

from dataclasses import replace
from typing import Any

import structlog

from bot.core import concern
from bot.core.errors import EngineDown, told
from bot.web import engine_turn, unaided
from bot.web.engine_client import EngineFailed, EngineLate
from bot.web.engine_turn import Call, Entry
from bot.web.gateway import Gateway
from bot.web.opening import reopen
from bot.web.talks import Draft, Opened
from bot.web.turns import Turn

log = structlog.get_logger()

MOST = 50  # turns kept for one conversation; who types more sees that it is not kept
GIVE_UP = 5  # engines that fail on the same turn this often will not learn; then it is taken without one


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
        except (EngineFailed, EngineLate):
            await _count_failure(gateway, opened)
            return await reopen(gateway, opened)
        except EngineDown:
            return opened
        opened = await reopen(gateway, opened)
    return opened


async def keep(turn: Turn, entry: Entry, health: bool = False) -> dict[str, Any]:
    """Keep a turn that no engine took, and tell the person; without a yes to that, and of a yes to sharing, only tell.

    Args:
        health: whether the words may tell about health, which has a yes of its own.

    Returns:
        The state, with the bot's word about what happened to the message.
    """
    draft = turn.draft()
    may_keep = turn.opened.given("consent") and (turn.opened.given("health_consent") or not health)
    is_kept = may_keep and len(turn.opened.pending) < MOST and not _is_sharing(turn, entry)
    if is_kept:
        draft.record["pending"] = [*turn.opened.pending, replace(entry, concern=False, worried=entry.concern).json()]
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
    if tries < GIVE_UP:
        draft = Draft(gateway, opened.having(pending=[{**first, "tries": tries}, *rest]))
    else:
        log.error("engines_gave_up")
        draft = _without_engine(gateway, opened.having(pending=rest), await Call.about(gateway, Entry(**first)))
    await draft.commit()


def _without_engine(gateway: Gateway, opened: Opened, call: Call) -> Draft:
    draft = Draft(gateway, opened)
    try:
        unaided.take(draft, call, gateway.content.route)
    except Exception as error:  # noqa: BLE001  # whatever it is: the words were acknowledged, and the talk must go on
        log.error("unaided_failed", **told(error))
        draft = Draft(gateway, opened)
        unaided.put_aside(draft, call)
    return draft


def _is_sharing(turn: Turn, entry: Entry) -> bool:
    # The six digits are shown once, in the answer to the yes: a later delivery has nobody to show them to.
    question = turn.opened.record.get("question") or {}
    return entry.choice == "share_yes" or question.get("id") == "share"
