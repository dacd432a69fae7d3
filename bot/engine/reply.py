"""Makes a turn's reply of what Rasa said, and commits both together."""

import asyncio
from typing import Any

from bot.core import concern
from bot.core import state as shown
from bot.core.choices import CHANGE, changeable, value_of
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.texts import Choice, Texts
from bot.engine.turn import Turn
from bot.store import keeping

WHICH = "utter_change_which"


async def commit(turn: Turn, snapshot: dict[str, Any], route: Route) -> None:
    """Write the turn's words, answers, reply and effects in one transaction, and leave the reply in `turn.state`.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: as `UnitOfWork.commit` says.
    """
    # In a thread: a share's key is slow on purpose, and the database waits for the disk.
    await asyncio.to_thread(_commit, turn, snapshot, route)


def _commit(turn: Turn, snapshot: dict[str, Any], route: Route) -> None:
    unit = turn.unit
    if "erase" in unit.effects:
        turn.state = shown.erased(unit.farewell())
        unit.commit()
        return
    before = Talk(unit.record["tracker"]["slots"])
    is_worrying = turn.concern or turn.worried or before.waits_with_concern
    slots = Talk(snapshot["slots"]).with_concern() if is_worrying else snapshot["slots"]
    unit.keep_slots(slots, snapshot["loop"])
    _keep_said(turn, before, Talk(slots))
    if is_worrying:
        _hide(turn, before, Talk(slots), route)
    messages = _say(turn, Talk(slots), route)
    shared = _perform(turn)
    turn.state = {**shown.state(unit.record, messages), **({"share": shared} if shared else {})}
    unit.commit(turn.reply(turn.state))
    held = unit.held
    if held:  # for the gateway's memory: neither the disk nor a repeated reply may have it
        turn.state = {**turn.state, "held": held}


def _keep_said(turn: Turn, before: Talk, after: Talk) -> None:
    """Add the person's own message; words about health only once they may be kept, so that dropping drops them."""
    waited, waits = before.slots.get("health_words"), after.slots.get("health_words")
    if waited and not waits:
        answer = after.answer(waited["question"])
        if answer and answer.text:
            turn.unit.say(answer.text, sender="person")
    is_held = turn.text is not None and (waits or (turn.health and not shown.given(turn.unit.record, "health_consent")))
    if turn.unit.has_consent and not is_held:
        turn.unit.say(turn.shown, sender="person")


def _hide(turn: Turn, before: Talk, after: Talk, route: Route) -> None:
    """Words that called for a warm question go along only when the person chooses it, whatever their topic."""
    for question in route.questionnaire.questions:
        answer = after.answer(question)
        if answer and answer.text and answer != before.answer(question):
            turn.unit.edit_line(question, {"shared": False})


def _say(turn: Turn, talk: Talk, route: Route) -> list[dict[str, Any]]:
    unit = turn.unit
    waiting = route.waiting(talk)
    unit.record["question"] = shown.question(waiting, talk)
    unit.record["progress"] = route.progress(talk)
    messages = [unit.say(unit.texts.get(key).text) for key in turn.notes]
    if turn.notes:
        unit.record["told"] = sorted({*unit.record.get("told", ()), *turn.notes})
    # A page shows the buttons of the last message, and whoever wants to change an answer needs those.
    for said in sorted(turn.said, key=lambda one: one["utter_action"] == WHICH):
        text = unit.texts.raw(said["utter_action"])
        choices = _choices(said, waiting.id, talk, route, unit.texts)
        message = unit.message(_words(turn, said), text.kind, choices)
        asks = text.key.startswith("utter_ask_")
        if asks:
            unit.record["asked"] = message
        if not (asks and turn.concern):
            messages.append(unit.add(message))
    return messages + ([_ask_concern(turn)] if turn.concern else [])


def _words(turn: Turn, said: dict[str, Any]) -> str:
    key, fields = turn.unit.texts.worded(said["utter_action"], turn.unit.sharing.to)
    return turn.unit.texts.get(key, **fields).text if fields else str(said["text"])


def _ask_concern(turn: Turn) -> dict[str, Any]:
    # The waiting question comes back once the person has said how they are.
    concern.ask(turn.unit.record)
    text = turn.unit.texts.get("utter_ask_concern")
    return turn.unit.say(text.text, "help", text.choices)


def _perform(turn: Turn) -> dict[str, Any] | None:
    shared = None
    for effect in turn.unit.effects:
        if effect == "share":
            shared = turn.unit.share()
            if turn.channel != "web" and "to" not in shared:  # link and code are shown on our own page only
                turn.unit.record["shareToShow"] = shared
        elif effect == "withdraw":
            turn.unit.withdraw_all()
        elif effect == "count":
            turn.unit.count()
        elif effect == "forget":
            keeping.forget_health_edits(turn.unit.record)
    return shared


def _choices(said: dict[str, Any], waiting: str, talk: Talk, route: Route, texts: Texts) -> list[Choice]:
    if said["utter_action"] == WHICH:
        answered = [Choice(texts.raw("utter_ask_" + q).label, CHANGE + q) for q in changeable(route, talk)]
        return [*answered, *texts.raw("utter_change_which").choices]
    choices = [Choice(button["title"], value_of(button["payload"])) for button in said.get("buttons") or ()]
    if waiting != "meeting_discuss":
        return choices
    spoken = {"goal", "something_else", "wellbeing", *talk.picked}
    return [choice for choice in choices if choice.value in spoken]
