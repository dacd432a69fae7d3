"""Asks about a meeting once it is over, when the person comes back; what waited is not lost by it."""

from dataclasses import replace

from bot.core import state
from bot.core.looking_back import ENDS, INTERRUPTS, holding_on, is_put_off, turned
from bot.core.talk import Talk
from bot.web.gateway import Gateway
from bot.web.opening import reopen
from bot.web.talks import Draft, Message, Opened
from bot.web.turns import Turn


async def ask(gateway: Gateway, opened: Opened) -> tuple[Opened, list[Message]]:
    """Ask it of somebody who comes back, before what waited; while help or another tap is waited for, later.

    Returns:
        The conversation as it is then, and the new messages: one, or none.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: nothing was said.
    """
    slots, route = opened.record["tracker"]["slots"], gateway.content.route
    is_free = not (opened.help or opened.pending or any(slots.get(flag) for flag in INTERRUPTS))
    news = turned(opened.record, route, gateway.now()) if is_free else {}
    if not news and not (is_free and is_put_off(slots, route)):
        return opened, []
    draft = Draft(gateway, opened)
    draft.record.update(news)
    draft.record["tracker"]["slots"].pop("cursor", None)
    talk = Talk(draft.record["tracker"]["slots"])
    waiting = route.waiting(talk)
    if route.looks_back(waiting.id):
        draft.record.update(question=state.question(waiting, talk), progress=route.progress(talk))
        draft.bot("utter_ask_" + waiting.id)
        draft.record["asked"] = draft.unit.messages[-1]
    await draft.commit()
    return await reopen(gateway, opened), draft.unit.messages


def next_in(turn: Turn) -> Turn:
    """The turn of who had the page open all the while: its message answers what they saw, and this is asked next."""
    opened, route = turn.opened, turn.gateway.content.route
    news = turned(opened.record, route, turn.gateway.now())
    if not news:
        return turn
    before = opened.record["tracker"]["slots"]
    slots = holding_on(news["tracker"]["slots"], before, route)
    after = turn.having(opened.having(**news | {"tracker": {**news["tracker"], "slots": slots}}))
    is_unseen = route.waiting(Talk(before)).id in ENDS  # what is typed there need not answer what is asked now
    return replace(after, said=replace(turn.said, unseen=turn.said.unseen or is_unseen))
