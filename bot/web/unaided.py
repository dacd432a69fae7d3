"""Takes a kept turn without an engine, when engines keep failing on it: what was acknowledged is never dropped.

Without Rasa nothing is understood: words are the answer to the question that waits, and so is a tap on its buttons.
"""

from bot.core import choices, commands, state
from bot.core.answering import Answering
from bot.core.route import Route, Step
from bot.core.talk import Talk
from bot.core.turns import Outcome, Said
from bot.store import keeping
from bot.web.engine_turn import Call
from bot.web.talks import Draft


def take(draft: Draft, call: Call, route: Route) -> None:
    """Answer the waiting question with this turn and ask the next; what is no answer is only told about."""
    slots = draft.record["tracker"]["slots"]
    outcome = _outcome(draft, call, route, Talk(slots))
    # Nothing is shared or erased unless the person sees it done; a yes that was taken back is.
    if outcome is None or set(outcome.effects) - {"forget"}:
        put_aside(draft, call)
        return
    after = Talk({**slots, **outcome.slots})
    if outcome.effects:
        draft.unit.effects.extend(outcome.effects)
        keeping.forget_health_edits(draft.record)
    draft.unit.keep_slots(after.slots, draft.record["tracker"]["loop"])
    if not after.slots.get("health_words"):
        draft.person(_shown(draft, call))
    for key in outcome.says:
        draft.bot(key)
    _ask(draft, route.waiting(after), after, route)


def put_aside(draft: Draft, call: Call) -> None:
    """Leave words in the talk as they were typed, say that they were not read, and ask again."""
    if call.entry.text and not call.health:
        draft.person(call.entry.text)
    draft.bot("utter_engine_down_unkept")
    draft.ask_again()


def _outcome(draft: Draft, call: Call, route: Route, talk: Talk) -> Outcome | None:
    entry, waiting = call.entry, route.waiting(talk)
    if entry.choice in choices.AGAIN and entry.choice not in waiting.values:
        return commands.change(route, talk, entry.choice)
    if entry.choice and choices.understand(entry.choice, waiting, talk).intent != "answer":
        return None
    names = tuple((start, end) for start, end in entry.names)
    said = Said(entry.text or "", value=entry.choice, names=names, health=call.health)
    return Answering(route, draft.texts).answer(said, waiting, talk)


def _shown(draft: Draft, call: Call) -> str:
    entry = call.entry
    offered = (draft.record.get("asked") or {}).get("choices", ())
    return entry.text or choices.label(entry.choice or "", offered, draft.texts.labels())


def _ask(draft: Draft, waiting: Step, talk: Talk, route: Route) -> None:
    draft.record["question"] = state.question(waiting, talk)
    draft.record["progress"] = route.progress(talk)
    draft.bot("utter_ask_" + waiting.id)
    draft.record["asked"] = draft.unit.messages[-1]
