"""Opens a conversation for one call: unlocked, loaded, and with what is held of it in memory only."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.core.errors import ConversationUnknown, TokenWrong
from bot.core.invitations import words_of
from bot.core.state import FORM, opening
from bot.store import keeping
from bot.store.values import Created
from bot.web.gateway import Gateway
from bot.web.held import Held
from bot.web.talks import Draft, Opened

Opener = Callable[[str | None], Awaitable[Opened]]  # takes the id whose reply is looked up
T = TypeVar("T")


async def open_talk(gateway: Gateway, conversation_id: str, token: str, message_id: str | None = None) -> Opened:
    """Unlock and load a conversation, with the reply to a repeated message.

    Raises:
        TokenWrong, ConversationUnknown, DatabaseDown: as the store says.
    """
    return await _complete(gateway, partial(_open, gateway, conversation_id, token, message_id))


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
    return await _complete(gateway, partial(_load, gateway, conversation_id, data_key, message_id, channel))


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


async def opened_new(gateway: Gateway, created: Created) -> Opened:
    """A conversation that was made just now, of which nobody can hold anything."""
    return await asyncio.to_thread(_load, gateway, created.conversation_id, created.data_key, None)


async def _complete(gateway: Gateway, load: Callable[[], Opened]) -> Opened:
    """Load a conversation, and again after other gateways were asked for what it lacks: a turn there may have ended."""
    opened = await asyncio.to_thread(load)
    if not opened.lacks or gateway.peers.are_none:
        return opened
    await gateway.peers.fetch(opened.id)
    return await asyncio.to_thread(load)


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
        return _with_words(opened, held)
    if held.record is None:
        return replace(_welcomed(gateway, opened), lacks=True)
    reply = held.replies.get(message_id) if message_id else None
    opened = replace(opened.having(**held.record), reply=reply, messages=tuple(dict(one) for one in held.messages))
    return replace(opened, lacks=held.whose == "spare")


def _with_words(opened: Opened, held: Held) -> Opened:
    """After the first yes: with the words that wait for another yes, if they do."""
    version = opened.stored.version
    is_sure = held.version == version and held.whose != "spare"
    lacks = not is_sure and keeping.waits_for_words(opened.record)
    if held.fits(version):
        opened = opened.having(**keeping.with_held(opened.record, held.words, held.help))
    return replace(opened, lacks=lacks)


def _welcomed(gateway: Gateway, opened: Opened) -> Opened:
    draft = Draft(gateway, opened.having(**opening(gateway.content.route)))
    draft.bot("utter_welcome")
    if invitation := opened.record.get("invitation"):
        draft.unit.say(draft.texts.get("utter_invitation_joined", **words_of(invitation)).text)
    draft.bot("utter_ask_consent")
    draft.record["asked"] = draft.unit.messages[-1]
    draft.record["tracker"] = {"slots": {}, "loop": FORM}  # the welcome was said: the form takes what comes
    # Not held: it can be said again, and who begins talks by the thousand must not push out what others wrote.
    return replace(opened.having(**draft.record), messages=tuple(draft.unit.messages))
