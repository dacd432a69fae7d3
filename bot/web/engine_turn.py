"""One turn of the engine, whatever happens to the connection: done once or not at all."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.core.errors import LostRace
from bot.sense.sensing import Sensed
from bot.store import keeping
from bot.store.values import Reply
from bot.web.engine_client import EngineLate
from bot.web.gateway import Gateway
from bot.web.opening import reopen
from bot.web.talks import Opened, State, last_messages, shown


@dataclass(frozen=True)
class Entry:
    """What the engine gets of one message; without the vector it is also how a turn is kept.

    Args:
        text: the words, numbers masked.
        choice: the value of a tapped button; text or choice is None.
        names: (start, end) spans of people's names in the text.
        concern: whether the words were a doubtful cry for help.
        worried: the same, when the person was asked about it already.
        foreign: whether the words are in another language than Dutch.
        unseen: whether the person did not see the question that waits.
        answerAnyway: whether the words are the answer, whatever they look like.
        tries: how often an engine took the turn and failed.
    """

    text: str | None = None
    choice: str | None = None
    names: Sequence[Sequence[int]] = ()
    concern: bool = False
    worried: bool = False
    foreign: bool = False
    unseen: bool = False
    answerAnyway: bool = False  # noqa: N815  # as the engine's JSON calls it
    tries: int = 0

    def json(self) -> dict[str, Any]:
        """The entry as the record keeps it."""
        return {**asdict(self), "names": [list(span) for span in self.names]}


@dataclass(frozen=True)
class Call:
    """An entry with what belongs to this one attempt.

    Args:
        vector: the sentence embedding.
        parts: the message's clauses with their embeddings, when it may hold a command and a question.
        health: whether the words tell about health; never kept, read again when a kept turn is delivered.
        message_id, fingerprint: stored with the reply; None for a turn that was answered before.
    """

    entry: Entry
    vector: list[float] | None = field(default=None, repr=False)
    health: bool = False
    parts: Sequence[tuple[str, list[float]]] = field(default=(), repr=False)
    message_id: str | None = None
    fingerprint: str | None = None

    @classmethod
    def of(cls, entry: Entry, sensed: Sensed) -> "Call":
        """A call for an entry with what its words said."""
        parts = [(part, vector.tolist()) for part, vector in sensed.parts]
        return cls(entry, sensed.vector.tolist(), sensed.health, parts)

    @classmethod
    async def about(cls, gateway: Gateway, entry: Entry) -> "Call":
        """A call for an entry whose raw words are gone: the masked ones are read instead."""
        if entry.text is None:
            return cls(entry)
        return cls.of(entry, await gateway.sensed(entry.text))

    def json(self, opened: Opened) -> dict[str, Any]:
        """The body of the engine's `POST /turn`."""
        entry = self.entry.json()
        del entry["tries"]
        return entry | {
            "conversationId": opened.id,
            "dataKey": b64encode(opened.data_key).decode(),
            "version": opened.stored.version,
            "record": opened.record,
            "channel": opened.channel,
            "vector": self.vector,
            "health": self.health,
            "parts": self.parts,
            "messageId": self.message_id,
            "fingerprint": self.fingerprint,
        }


async def take(gateway: Gateway, opened: Opened, call: Call) -> State:
    """Let an engine take the turn.

    Raises:
        EngineDown: it was not taken, as far as the database shows.
        LostRace: another turn was done first, so this one was not and will not be.
        ConversationUnknown, DatabaseDown: as the engine says.
    """
    body = call.json(opened)
    try:
        return await _held(gateway, opened, call, await gateway.engine.turn(body))
    except EngineLate as late:
        done = await _done(gateway, opened, call)
        if done is not None:
            return done
        if not late.was_cut:
            raise
    # The connection dated from before the engine's restart, so nothing was taken: once more, on a new one.
    return await _held(gateway, opened, call, await gateway.engine.turn(body))


async def hold_again(gateway: Gateway, opened: Opened, entry: Entry) -> None:
    """Hold words about health that nobody holds any more; the disk has only the question they belong to.

    Args:
        entry: the message that they came in, when nothing was said after it.
    """
    told = keeping.with_words(opened.record, entry.text, entry.names) if entry.text else None
    if told:
        await gateway.peers.keep(opened.id, told, version=opened.stored.version)


async def _held(gateway: Gateway, opened: Opened, call: Call, answer: State) -> State:
    """The state out of an engine's answer; what it may not write is kept in memory."""
    state = {name: value for name, value in answer.items() if name != "held"}
    is_repeatable = call.message_id is not None and call.fingerprint is not None
    reply = Reply(call.message_id or "", call.fingerprint or "", state) if is_repeatable else None
    told = None if state.get("erased") else answer.get("held")
    await gateway.peers.keep(opened.id, told, reply, opened.messages, opened.stored.version + 1)
    return state


async def _done(gateway: Gateway, opened: Opened, call: Call) -> State | None:
    # The engine may have committed before the connection broke; its sealed reply tells, and the version.
    after = await reopen(gateway, opened, call.message_id)
    if call.health:
        await hold_again(gateway, after, call.entry)
    if after.reply is not None:
        return after.reply.state
    if after.stored.version == opened.stored.version:
        return None
    if call.message_id is not None:
        raise LostRace
    seen = opened.record.get("seq", 0)
    new = [m for m in await last_messages(gateway, after) if m["from"] == "bot" and int(m["id"]) > seen]
    return shown(after.record, new)
