"""Opens a conversation for one call, and writes what the gateway itself says in it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.core.errors import ConversationUnknown, TokenWrong
from bot.core.state import FORM, given, opening, state
from bot.core.texts import Choice
from bot.store import keeping
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
    """

    stored: Stored
    data_key: bytes = field(repr=False)
    reply: Reply | None = None
    messages: tuple[Message, ...] = field(default=(), repr=False)
    channel: str = "web"

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
        self._holding, self._id, self._before = gateway.holding, opened.id, opened.messages
        content = gateway.content.at(self._now, opened.channel)
        self.texts = content.texts
        self.unit = UnitOfWork(gateway.store, opened.stored, opened.data_key, content, self._now)

    @property
    def record(self) -> dict[str, Any]:
        """The record as it will be."""
        return self.unit.record

    def bot(self, key: str, choices: Sequence[Choice] | None = None, **fields: str | int) -> None:
        """Say one of the bot's texts, with its own buttons or others."""
        text = self.texts.get(key, **fields)
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
        self._holding.keep(self._id, self.unit.held, reply, self._before)

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


async def open_talk(gateway: Gateway, conversation_id: str, token: str, message_id: str | None = None) -> Opened:
    """Unlock and load a conversation, with the reply to a repeated message.

    Raises:
        TokenWrong, ConversationUnknown, DatabaseDown: as the store says.
    """
    return await asyncio.to_thread(_open, gateway, conversation_id, token, message_id)


def by_token(gateway: Gateway, conversation_id: str, token: str) -> Opener:
    """What opens a conversation for who holds its token, each time that it must be read anew."""
    return lambda message_id: open_talk(gateway, conversation_id, token, message_id)


async def reopen(gateway: Gateway, opened: Opened, message_id: str | None = None) -> Opened:
    """The conversation as it is now, after somebody else changed it, with the reply to a message."""
    return await opened_with(gateway, opened.id, opened.data_key, message_id, opened.channel)


async def opened_with(
    gateway: Gateway, conversation_id: str, data_key: bytes, message_id: str | None = None, channel: str = "web"
) -> Opened:
    """The conversation of who holds its key already, with the reply to a message."""
    return await asyncio.to_thread(_load, gateway, conversation_id, data_key, message_id, channel)


async def last_messages(gateway: Gateway, opened: Opened) -> list[Message]:
    """The last messages of both sides."""
    if not opened.given("consent"):
        return list(opened.messages[-LAST:])
    return await asyncio.to_thread(gateway.store.messages, opened.id, opened.data_key, LAST)


def owned(gateway: Gateway, conversation_id: str, token: str, check: Callable[[str, str], T]) -> T:
    """What a check of the store says of a conversation and its token; blocks on the database.

    Args:
        check: `Store.unlock`, or `Store.owns` where no key is needed.

    Raises:
        TokenWrong: nobody's token.
        ConversationUnknown: no such conversation, or not this token's.
        DatabaseDown: the database cannot be reached.
    """
    try:
        return check(conversation_id, token)
    except TokenWrong:
        if gateway.store.is_token(token):
            raise ConversationUnknown(conversation_id) from None
        raise


def _open(gateway: Gateway, conversation_id: str, token: str, message_id: str | None) -> Opened:
    # one hop to a thread for all that must be read: a hop costs more than a read
    data_key = owned(gateway, conversation_id, token, gateway.store.unlock)
    return _load(gateway, conversation_id, data_key, message_id)


def _load(
    gateway: Gateway, conversation_id: str, data_key: bytes, message_id: str | None, channel: str = "web"
) -> Opened:
    # The record first: a record that holds this message's turn already then comes with its reply.
    stored = gateway.store.load(conversation_id, data_key)
    reply = gateway.store.reply(conversation_id, data_key, message_id) if message_id else None
    opened = _with_held(gateway, Opened(stored, data_key, reply, channel=channel), message_id)
    return _for_channel(gateway.settings.leaves_out(channel), opened)


def _for_channel(leaves_out: bool, opened: Opened) -> Opened:
    """The conversation with what this channel asks: not everything belongs in one of others."""
    tracker = opened.record["tracker"]
    if bool(tracker["slots"].get("leaves_out")) == leaves_out:
        return opened
    return opened.having(tracker={**tracker, "slots": {**tracker["slots"], "leaves_out": leaves_out or None}})


def _with_held(gateway: Gateway, opened: Opened, message_id: str | None = None) -> Opened:
    """The conversation with what is in memory only; before the first yes all of it is, the welcome to begin with."""
    held = gateway.holding.of(opened.id)
    if opened.given("consent"):
        return opened.having(**keeping.with_held(opened.record, held.words, held.help))
    if held.record is None:
        return _welcomed(gateway, opened)
    reply = held.replies.get(message_id) if message_id else None
    return replace(opened.having(**held.record), reply=reply, messages=tuple(dict(one) for one in held.messages))


def _welcomed(gateway: Gateway, opened: Opened) -> Opened:
    draft = Draft(gateway, opened.having(**opening(gateway.content.route)))
    draft.bot("utter_welcome")
    draft.bot("utter_ask_consent")
    draft.record["asked"] = draft.unit.messages[-1]
    draft.record["tracker"] = {"slots": {}, "loop": FORM}  # the welcome was said: the form takes what comes
    # Not held: it can be said again, and who begins talks by the thousand must not push out what others wrote.
    return replace(opened.having(**draft.record), messages=tuple(draft.unit.messages))
