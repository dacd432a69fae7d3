"""One turn: checked for a cry for help, authorised, in order, answered once."""

import asyncio
from dataclasses import replace

from bot.core import concern
from bot.core.choices import is_known
from bot.core.errors import ChoiceUnknown, EngineDown
from bot.sense.safety import by_phrases
from bot.sense.sensing import Sensed
from bot.web import engine_turn, help_turn, looking_back, news, pending, urgent
from bot.web.engine_turn import Call, Entry
from bot.web.gateway import Gateway
from bot.web.help_words import asks_help_now
from bot.web.opening import Opener
from bot.web.order import in_order
from bot.web.said import LONGEST, Said
from bot.web.talks import State
from bot.web.turns import Turn

AGAIN = {"utter_empty": "utter_empty_again", "utter_too_long": "utter_too_long_again"}  # never the same twice running


async def take(gateway: Gateway, conversation_id: str, opener: Opener, said: Said) -> State:
    """Take one turn of a conversation, after those that came before it.

    Args:
        opener: opens the conversation for who is speaking.

    Returns:
        The state, with the bot's new messages only.

    Raises:
        TokenWrong, ConversationUnknown: not this person's conversation.
        MessageIdReused, ChoiceUnknown: the message cannot be taken.
        Busy, DatabaseDown: it can be sent again, under the same id. Beside a cry for help go the numbers, see `urgent`.
    """
    # Read before anything is waited for: a cry is heard also without database, and while an engine hangs.
    sensed = await _sensed(gateway, said)
    work = in_order(gateway, conversation_id, lambda: _once(gateway, opener, said, sensed))
    if sensed and _is_clear_cry(said, sensed):
        return await urgent.answer(gateway, sensed, work)
    return await work


async def _once(gateway: Gateway, opener: Opener, said: Said, sensed: Sensed | None) -> State:
    turn = Turn(gateway, await opener(said.mark), said)
    earlier = turn.first_reply()
    if earlier is not None:
        await _hold_again(turn, sensed)
        return earlier
    if said.choice is not None and not is_known(said.choice, gateway.content.questionnaire):
        raise ChoiceUnknown
    if sensed and _is_cry(turn, sensed):  # before an engine is asked for anything
        return await help_turn.cry(turn, sensed)
    opened, since = await news.tell(gateway, await pending.deliver(gateway, turn.opened))
    turn = turn.having(opened)
    state = await (_typed(turn, sensed) if said.choice is None else _chosen(turn, said.choice))
    if state.get("erased"):
        await gateway.peers.forget(opened.id)
    return {**state, "messages": [*since, *state["messages"]]}


async def _hold_again(turn: Turn, sensed: Sensed | None) -> None:
    """Hold the words of a repeated message: the gateway that held them may be gone, and nothing was said since."""
    opened, reply = turn.opened, turn.opened.reply
    if sensed and sensed.health and reply and reply.version == opened.stored.version:
        await engine_turn.hold_again(turn.gateway, opened, _entry(sensed, turn.said.unseen))


async def _chosen(turn: Turn, choice: str) -> State:
    answered = await help_turn.chosen(turn, choice)
    if isinstance(answered, Entry):
        return await _to_engine(_free(turn), answered)
    return answered or await _to_engine(_free(turn), Entry(choice=choice))


async def _typed(turn: Turn, sensed: Sensed | None) -> State:
    answered = await help_turn.typed(turn, sensed)
    if answered:
        return answered
    if sensed is None:
        return await _say_again(turn, "utter_empty")
    if turn.said.is_too_long:
        return await _say_again(turn, "utter_too_long")
    turn = _free(turn)
    return await _to_engine(turn, _entry(sensed, turn.said.unseen), sensed)


async def clear_cry(gateway: Gateway, words: str) -> Sensed | None:
    """What these words say if they are a clear cry for help; None of other words, and of none."""
    said = Said(words)
    sensed = await _sensed(gateway, said)
    return sensed if sensed and _is_clear_cry(said, sensed) else None


def _is_cry(turn: Turn, sensed: Sensed) -> bool:
    is_doubt_repeated = sensed.concern and concern.is_once_too_often(turn.opened.record)
    return is_doubt_repeated or _is_clear_cry(turn.said, sensed)


def _is_clear_cry(said: Said, sensed: Sensed) -> bool:
    return bool(sensed.signals) or asks_help_now(said.words)


async def _to_engine(turn: Turn, entry: Entry, sensed: Sensed | None = None) -> State:
    call = await _call(turn, entry, sensed)
    if turn.opened.pending:  # no engine a moment ago, and nobody may overtake what waits
        return await _without_engine(turn, call)
    try:
        return await engine_turn.take(turn.gateway, turn.opened, call)
    except EngineDown:
        return await _without_engine(turn, call)


async def _without_engine(turn: Turn, call: Call) -> State:
    if call.entry.choice == "erase":
        return await help_turn.ask_erase(turn)
    return await pending.keep(turn, call.entry, call.health)


async def _call(turn: Turn, entry: Entry, sensed: Sensed | None) -> Call:
    call = Call.of(entry, sensed) if sensed else await Call.about(turn.gateway, entry)
    # Before consent a reply is kept only for who asked for it.
    message_id = turn.said.mark if turn.opened.given("consent") else turn.said.message_id
    return replace(call, message_id=message_id, fingerprint=turn.fingerprint) if message_id else call


async def _say_again(turn: Turn, key: str) -> State:
    """Answer what cannot be an answer, and show the question that waits once more."""
    draft = turn.draft()
    is_said_just_now = draft.record.get("unread") == {"key": key, "seq": draft.record.get("seq")}
    says = AGAIN[key] if is_said_just_now else key
    draft.bot(says)
    draft.ask_again()
    draft.record["unread"] = {"key": says, "seq": draft.record.get("seq")}  # while this fits, nothing was said since
    return await turn.finish(draft)


def _free(turn: Turn) -> Turn:
    # what waited for a tap (a concern, words to keep) is over once the person goes on with something else
    free = turn.having(turn.opened.having(help=None)) if turn.opened.help else turn
    return looking_back.next_in(free)


def _entry(sensed: Sensed, unseen: bool) -> Entry:
    names = [list(span) for span in sensed.names]
    return Entry(text=sensed.masked, names=names, concern=sensed.concern, foreign=sensed.foreign, unseen=unseen)


async def _sensed(gateway: Gateway, said: Said) -> Sensed | None:
    """What was typed says; None of a choice, and where nothing can be read."""
    if said.choice is not None or not said.is_readable:
        return None
    return await asyncio.get_running_loop().run_in_executor(gateway.sensing, _sense, gateway, said.words)


def _sense(gateway: Gateway, words: str) -> Sensed:
    """What the words say; of a text that is too long, the first part with a cry for help in it."""
    parts = [words[start : start + LONGEST] for start in range(0, len(words), LONGEST)]
    # a part takes a second to read, so of what lies between the first and the last the fixed phrases must do
    ends = 0, len(parts) - 1
    read = [part for at, part in enumerate(parts) if at in ends or by_phrases(part)[0]]
    found = (gateway.sense.sense(part) for part in read)
    first = next(found)
    return first if first.signals else next((part for part in found if part.signals), first)
