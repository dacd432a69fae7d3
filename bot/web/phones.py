"""The talks of people who write from a phone: what a channel asks of the gateway."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.core.errors import LinkUnknown
from bot.core.heard import Heard
from bot.core.state import given
from bot.core.talk import Answer
from bot.core.terms import REMEMBERED
from bot.core.texts import Texts
from bot.store.keeping import Record
from bot.store.phones import Phone, Sender
from bot.store.retention import LINK
from bot.web import pending, turn
from bot.web.errors import TooMany
from bot.web.gateway import Gateway
from bot.web.help_steps import STEPS
from bot.web.limits import Strikes
from bot.web.opening import opened_with
from bot.web.order import in_order
from bot.web.said import LONGEST, Said
from bot.web.talks import WAITS, Draft, Message, Opened, State, last_messages, shown

CHANNEL = "whatsapp"
GREETING = 3  # words; more of them said something
MOVE_STRIKES = 5  # wrong codes from one phone; a right one has eight digits and lives for a quarter of an hour
GoOn = Callable[[Phone], Awaitable[None]]
GO_ON: web.AppKey[GoOn] = web.AppKey("go_on")


async def move_code(gateway: Gateway, opened: Opened) -> str:
    """A code of eight digits that lets a phone take over a talk of our own page."""
    code, ends_at = gateway.store.phones.code, gateway.now() + LINK
    return await asyncio.to_thread(code, opened.id, opened.data_key, ends_at)


class PhoneTalks:
    """What `bot/channels/talks.py` asks for."""

    def __init__(self, gateway: Gateway) -> None:
        """Take part in this gateway's talks."""
        self._gateway = gateway
        self._moves = Strikes(MOVE_STRIKES, TooMany)

    async def find(self, sender: Sender) -> Phone | None:
        """The conversation of who writes from this phone.

        One that the phone may not remember stays open to it for a day, as the screen of a browser does.
        """
        phone = await asyncio.to_thread(self._gateway.store.phones.find, sender, self._gateway.now())
        if phone is None or not await self._is_forgotten(phone):
            return phone
        await self.forget(sender)
        return None

    async def move_in(self, sender: Sender, code: str) -> tuple[Phone, State] | None:
        """Go on here with a talk of our own page; None for a wrong code, or one too many."""
        self._moves.strike(sender.address)
        try:
            self._moves.check(sender.address)
            move = self._gateway.store.phones.move_in
            phone = await asyncio.to_thread(move, code, sender, self._gateway.now())
        except (LinkUnknown, TooMany):
            return None
        self._moves.forgive(sender.address)
        return phone, await self._said(phone, "utter_whatsapp_moved", _not_remembered)

    async def heard(self, phone: Phone, sender: Sender) -> None:
        """Note that its person wrote just now."""
        await asyncio.to_thread(self._gateway.store.phones.heard, phone, sender, self._gateway.now())

    async def begin(self, sender: Sender) -> Phone:
        """A new conversation for this phone."""
        store, now = self._gateway.store, self._gateway.now()
        created = await asyncio.to_thread(store.create, CHANNEL)
        await asyncio.to_thread(store.phones.link, created.conversation_id, created.data_key, sender, now)
        return Phone(created.conversation_id, created.data_key, sender, now, {})

    async def forget(self, sender: Sender) -> None:
        """Let this phone open nothing any more."""
        await asyncio.to_thread(self._gateway.store.phones.unlink, sender)

    async def is_consented(self, phone: Phone | None) -> bool:
        """Whether the person said yes to keeping what they say."""
        return phone is not None and given(await self._on_disk(phone), "consent")

    async def keepable(self, phone: Phone, words: str) -> str | None:
        """After the first yes: no words about health before theirs, none that are too long, and numbers masked."""
        if not words or len(words) > LONGEST:
            return None if words else ""
        sensed = await self._gateway.sensed(words)
        may_keep = not sensed.health or given(await self._on_disk(phone), "health_consent")
        return sensed.masked if may_keep else None

    def screen(self, phone: Phone) -> Mapping[str, Any]:
        """What stands on the screen of this phone, as far as it may not be written yet."""
        return self._gateway.holding.of(phone.conversation_id).screen or {}

    async def show(self, phone: Phone, screen: Mapping[str, Any]) -> None:
        """Hold what stands on the screen of a phone before the first yes."""
        await self._gateway.peers.show(phone.conversation_id, screen)

    async def help_for(self, words: str) -> list[str]:
        """Whom to call, if these words are a clear cry for help."""
        cry = await turn.clear_cry(self._gateway, words)
        return self._gateway.content.help_texts(cry.signals, self._gateway.now(), CHANNEL) if cry else []

    async def look(self, phone: Phone) -> State:
        """The state as it is now, once what was kept is delivered; its replies are the messages."""

        async def work() -> State:
            opened = await self._opened(phone)
            if not opened.pending:
                return shown(opened.record, [])
            seen = opened.record.get("seq", 0)
            after = await pending.deliver(self._gateway, opened)
            said = await last_messages(self._gateway, after)
            return shown(after.record, [one for one in said if one["from"] == "bot" and int(one["id"]) > seen])

        return await in_order(self._gateway, phone.conversation_id, work)

    async def hear(self, phone: Phone, heard: Heard, message_id: str, is_new: bool) -> State:
        """Take one turn; to who writes for the first time it says welcome, unless they cry for help."""
        if is_new and not await turn.clear_cry(self._gateway, heard.text or ""):
            return await self._welcome(phone, is_lost=len((heard.text or "").split()) > GREETING)
        said = Said(heard.text, heard.choice, message_id, heard.unseen)
        return await turn.take(self._gateway, phone.conversation_id, lambda mark: self._opened(phone, mark), said)

    async def note(self, phone: Phone, key: str, beside: str | None, is_new: bool) -> State:
        """Say something that needs no engine, and ask again; a cry for help in words beside it goes first."""
        if await turn.clear_cry(self._gateway, beside or ""):
            return await turn.take(self._gateway, phone.conversation_id, lambda _: self._opened(phone), Said(beside))
        state = await self._said(phone, key)
        return await self._welcome(phone, state["messages"][:1]) if is_new else state

    async def link(self, phone: Phone) -> str:
        """The address of our own page for this conversation; only a tap spends what stands behind the `#`."""
        store, ends_at = self._gateway.store, self._gateway.now() + LINK
        token = await asyncio.to_thread(store.links.make, phone.conversation_id, phone.data_key, ends_at)
        return f"{self._gateway.settings.public_url}/#link={token}"

    def texts(self) -> Texts:
        """The bot's sentences in WhatsApp at this moment."""
        return self._gateway.content.at(self._gateway.now(), CHANNEL).texts

    async def _said(self, phone: Phone, key: str, change: Callable[[Draft], None] = lambda draft: None) -> State:
        async def work() -> State:
            opened = await self._opened(phone)
            draft = Draft(self._gateway, opened)
            draft.record["channel"] = CHANNEL  # so that our own page can offer to go on here
            change(draft)
            draft.bot(key, site=self._gateway.settings.public_url)
            _ask_again(draft, opened)
            await draft.commit()
            return draft.state()

        return await in_order(self._gateway, phone.conversation_id, work)

    async def _opened(self, phone: Phone, mark: str | None = None) -> Opened:
        return await opened_with(self._gateway, phone.conversation_id, phone.data_key, mark, CHANNEL)

    async def _on_disk(self, phone: Phone) -> Record:
        """The record as it is kept: every yes stands there, so that no other gateway need be asked."""
        load = self._gateway.store.load
        return (await asyncio.to_thread(load, phone.conversation_id, phone.data_key)).record

    async def _welcome(self, phone: Phone, first: Sequence[Message] = (), is_lost: bool = False) -> State:
        opened = await self._opened(phone)
        welcome, consent = opened.messages[:2]
        lost = (
            [{"text": self.texts().get("utter_whatsapp_first").text, "kind": "info", "choices": []}] if is_lost else []
        )
        return shown(opened.record, [*first, welcome, *lost, consent])

    async def _is_forgotten(self, phone: Phone) -> bool:
        if self._gateway.now() - phone.heard_at < REMEMBERED:
            return False
        return not given(await self._on_disk(phone), "remember")


def _not_remembered(draft: Draft) -> None:
    """A phone that takes a talk over was not asked yet whether it may be remembered; until it is, it may not."""
    tracker = draft.record["tracker"]
    if draft.unit.has_consent:
        draft.unit.keep_slots({**tracker["slots"], "remember": Answer("remember_no").slot()}, tracker["loop"])


def _ask_again(draft: Draft, opened: Opened) -> None:
    stage = (opened.help or {}).get("stage")
    if stage in WAITS:
        STEPS["wait"](draft)
    elif stage == "concern":
        draft.bot("utter_ask_concern")
    else:
        draft.ask_again()
