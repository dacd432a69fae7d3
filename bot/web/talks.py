"""A conversation as it was opened for one call, and what the gateway itself says in it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.core.state import given, state
from bot.core.texts import Choice
from bot.store.unit_of_work import UnitOfWork
from bot.store.values import Reply, Stored
from bot.web.gateway import Gateway

ERASE = {"id": "erase", "topic": None, "awaiting": "choice"}
WAITS = ("safety", "stay")  # stages of a help turn in which nothing else is asked
LAST = 50  # messages that a page gets back
State = dict[str, Any]
Message = dict[str, Any]
Opener = Callable[[str | None], Awaitable["Opened"]]  # takes the id whose reply is looked up
T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """A conversation, unlocked and loaded for one call.

    Args:
        reply: the first answer to this message, if it came before.
        messages: of both sides, while they may not be written yet.
        channel: where the person is now; the same conversation may go on elsewhere.
        lacks: whether another gateway may hold what is missing here.
    """

    stored: Stored
    data_key: bytes = field(repr=False)
    reply: Reply | None = None
    messages: tuple[Message, ...] = field(default=(), repr=False)
    channel: str = "web"
    lacks: bool = False

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.stored.conversation_id

    @property
    def record(self) -> dict[str, Any]:
        """The record as it was loaded; a `Draft` changes a copy."""
        return self.stored.record

    @property
    def help(self) -> dict[str, Any] | None:
        """The help turn that waits, or None."""
        return self.record.get("help")

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Turns that were kept while no engine answered, in order."""
        return list(self.record.get("pending", ()))

    def given(self, consent: str) -> bool:
        """Whether the person said yes to this; the last word counts."""
        return given(self.record, consent)

    def having(self, **changes: Any) -> "Opened":
        """The same conversation with changes to its record that nobody committed yet."""
        return replace(self, stored=replace(self.stored, record={**self.record, **changes}))


class Draft:
    """What the gateway says in one turn, until it is committed."""

    def __init__(self, gateway: Gateway, opened: Opened) -> None:
        """Begin with the conversation as it was opened."""
        self._help, self._now = gateway.content.help, gateway.now()
        self._peers, self._opened = gateway.peers, opened
        content = gateway.content.at(self._now, opened.channel)
        self.texts = content.texts
        self.unit = UnitOfWork(gateway.store, opened.stored, opened.data_key, content, self._now)

    @property
    def record(self) -> dict[str, Any]:
        """The record as it will be."""
        return self.unit.record

    def bot(self, key: str, choices: Sequence[Choice] | None = None, **fields: str | int) -> None:
        """Say one of the bot's texts, with its own buttons or others."""
        key, more = self.texts.worded(key, self.unit.sharing.to)
        text = self.texts.get(key, **fields, **more)
        self.unit.say(text.text, text.kind, text.choices if choices is None else choices)

    def help_keys(self, signals: Sequence[str], seen: Sequence[str]) -> list[str]:
        """The keys of what to say about whom to call at this hour; `seen` are the signals told in full before."""
        return self._help.help_keys(signals, self._now, seen)

    @property
    def human_key(self) -> str:
        """The key of how to reach a human at this hour."""
        return "utter_human" if self._help.municipality_is_open(self._now) else "utter_human_closed"

    def person(self, text: str) -> None:
        """Keep what the person said; the caller knows that there is consent."""
        self.unit.say(text, sender="person")

    def ask_again(self) -> None:
        """Say the question that waits once more, so that it stands last."""
        asked = self.record.get("asked")
        if asked:
            choices = [Choice(choice["label"], choice["value"]) for choice in asked["choices"]]
            self.unit.say(asked["text"], asked["kind"], choices)

    async def commit(self, reply: Reply | None = None) -> None:
        """Write it all in one transaction, and hold what may not be written yet.

        Raises:
            LostRace, ConversationUnknown, DatabaseDown: nothing was written.
        """
        await asyncio.to_thread(self.unit.commit, reply)
        opened = self._opened
        await self._peers.keep(opened.id, self.unit.held, reply, opened.messages, opened.stored.version + 1)

    def state(self) -> State:
        """The state after this draft: its own new messages of the bot."""
        return shown(self.record, [message for message in self.unit.messages if message["from"] == "bot"])


def shown(record: dict[str, Any], messages: Sequence[Message]) -> State:
    """The state as the API gives it, with what only the gateway knows: a help turn, and turns that were kept."""
    current = state(record, messages)
    help_turn = record.get("help") or {}
    if help_turn.get("stage") == "keep":  # the question is back; its answer may be taken from before
        current["question"] = record["question"]
    if help_turn.get("erasing"):
        current["question"] = ERASE
    if record.get("pending"):
        current["pending"] = True
    return current


async def last_messages(gateway: Gateway, opened: Opened) -> list[Message]:
    """The last messages of both sides."""
    if not opened.given("consent"):
        return list(opened.messages[-LAST:])
    return await asyncio.to_thread(gateway.store.messages, opened.id, opened.data_key, LAST)
