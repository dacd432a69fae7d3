"""Answers one message of a person: reads it where it stands, lets the talk take it, and keeps the reply to be sent."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot.channels import whatsapp_reading as reading
from bot.channels.talks import State, Talks
from bot.channels.whatsapp_lines import Lines, Waiting
from bot.channels.whatsapp_payloads import Incoming
from bot.channels.whatsapp_rendering import Rendering, Reply, screen, text_body
from bot.channels.whatsapp_sending import Sending
from bot.core.errors import ChoiceUnknown
from bot.core.heard import Heard
from bot.core.questionnaire import Questionnaire
from bot.store.phones import STOPPED, Phone, Sender
from bot.store.post import Post
from bot.store.values import Letter

log = structlog.get_logger()

# Seconds between looks whether an engine is back that was down: kept words were acknowledged, and wait for their reply.
FOLLOW_WAITS = (1, 2, 4, 8, 15, *[30] * 120)
REPEAT = Heard(choice="repeat")


class Answering:
    """Who answers in one process."""

    def __init__(
        self, talks: Talks, post: Post, sending: Sending, questionnaire: Questionnaire, leaves_out: bool
    ) -> None:
        """Prepare to answer.

        Args:
            leaves_out: whether sensitive topics are left out, rather than asked on our own page.
        """
        self._talks, self._post, self._sending = talks, post, sending
        self._questionnaire, self._leaves_out = questionnaire, leaves_out
        self.lines = Lines(self, post)
        self.on_answered: Callable[[Incoming], None] = lambda message: None

    async def answer(self, waiting: Waiting) -> None:
        """Answer a message once, however often it is tried."""
        message = waiting.message
        found = await self._talks.find(message.sender)
        if code := reading.move_code(message):
            return await self._move_in(waiting, code)
        if found is None and reading.wants_no_more(message) and await self._is_invited(message.sender):
            return await self._opt_out(waiting)
        if found is None and reading.is_bare_code(message):
            return await self._tell(waiting, "utter_whatsapp_move_word")
        phone = found or await self._talks.begin(message.sender)
        await self._talks.heard(phone, message.sender)
        return await self._take_turn(waiting, phone, is_new=found is None)

    async def failed(self, waiting: Waiting, error: Exception) -> None:
        """A cry for help waits for nobody: whom to call goes out although the talk cannot answer."""
        texts: list[str] = getattr(error, "help", None) or []
        await self._help_at_once(waiting.message, texts)

    async def give_up(self, waiting: Waiting) -> None:
        """Say that it did not work, and what can be done now."""
        await self._tell(waiting, "utter_whatsapp_failed")

    async def look_ahead(self, waiting: Waiting) -> None:
        """Say whom to call at once, where a cry for help would stand in line behind other messages."""
        await self._help_at_once(waiting.message, await self._talks.help_for(waiting.message.text or ""))

    async def help_now(self, message: Incoming) -> None:
        """Say whom to call if these words are a cry for help, without any database."""
        await self._help_at_once(message, await self._talks.help_for(message.text or ""))

    async def tell(self, phone: Phone, state: State) -> None:
        """Show a turn that answers no message of this phone.

        Raises:
            DatabaseDown: nothing will be sent.
        """
        reply = await self._rendered(phone, state)
        shown = screen(reply, phone.shown, None, is_voice=False)
        await asyncio.to_thread(self._post.send, self._letters(phone.sender, reply), phone, shown)
        self._sending.wake()

    async def _take_turn(self, waiting: Waiting, phone: Phone, is_new: bool) -> None:
        message = waiting.message
        now = await self._talks.look(phone)
        if now["messages"]:  # replies to what was kept while no engine answered come first
            await self.tell(phone, now)
        before = phone.shown or self._talks.screen(phone)
        heard = reading.read(message, reading.stale(before, (now["question"] or {}).get("id", "")))
        state = await self._turn(phone, heard, waiting, is_new)
        if message.kind == "media" and heard.note is None:
            state = self._with_first("utter_whatsapp_caption", state)
        await self._reply(waiting, phone, state, before, heard.wants_link)
        if state.get("pending"):
            self.lines.beside(self._follow(phone))

    async def _turn(self, phone: Phone, heard: Heard, waiting: Waiting, is_new: bool) -> State:
        if heard.note is not None:
            return await self._talks.note(phone, heard.note, heard.beside, is_new)
        message_id = waiting.mark.hex()
        try:
            return await self._talks.hear(phone, heard, message_id, is_new)
        except ChoiceUnknown:  # a forged button, or one of an older questionnaire
            return await self._talks.hear(phone, REPEAT, message_id, is_new)

    async def _reply(
        self, waiting: Waiting, phone: Phone, state: State, before: Mapping[str, Any], wants_link: bool = False
    ) -> None:
        message = waiting.message
        reply = await self._rendered(phone, state, wants_link)
        shown = screen(reply, before, message.reply, message.kind == "voice")
        kept = None if state.get("erased") else await self._keep(phone, shown)
        await asyncio.to_thread(self._post.answer, waiting.mark, self._letters(message.sender, reply), phone, kept)
        self._sending.wake()
        self.on_answered(message)

    async def _rendered(self, phone: Phone, state: State, wants_link: bool = False) -> Reply:
        rendering = Rendering(self._questionnaire, self._talks.texts(), self._leaves_out)
        needs_link = not state.get("erased") and (wants_link or rendering.needs_link(state))
        return rendering.render(state, await self._talks.link(phone) if needs_link else None)

    async def _keep(self, phone: Phone, shown: dict[str, Any]) -> dict[str, Any] | None:
        """What may be written of the screen: before the first yes it would tell what was said, a cry for one."""
        if await self._talks.is_consented(phone):
            return shown
        await self._talks.show(phone, shown)
        return None

    async def _follow(self, phone: Phone) -> None:
        """Send the reply to words that were kept while no engine answered, once one does."""
        for wait in FOLLOW_WAITS:
            await asyncio.sleep(wait)
            if self.lines.is_busy(phone.sender.address):
                continue  # the message in line delivers them
            state = await self._talks.look(phone)
            if state["messages"]:
                await self.tell(phone, state)
            if not state.get("pending"):
                return

    async def _move_in(self, waiting: Waiting, code: str) -> None:
        """Go on here with a talk that began on our own page."""
        moved = await self._talks.move_in(waiting.message.sender, code)
        if moved is None:
            return await self._tell(waiting, "utter_whatsapp_move_wrong")
        return await self._reply(waiting, *moved, {})

    async def _is_invited(self, sender: Sender) -> bool:
        return await asyncio.to_thread(self._post.phones.is_invited, sender)

    async def _opt_out(self, waiting: Waiting) -> None:
        """Note that somebody wants no messages of ours; that needs no conversation."""
        await asyncio.to_thread(self._post.phones.invited, waiting.message.sender, STOPPED, self._post.now())
        await self._tell(waiting, "utter_whatsapp_opted_out")

    async def _tell(self, waiting: Waiting, key: str) -> None:
        """Answer with one text that belongs to no conversation."""
        letter = self._post.letter(waiting.message.sender, text_body(self._talks.texts().get(key).text))
        await asyncio.to_thread(self._post.answer, waiting.mark, [letter])
        self._sending.wake()

    async def _help_at_once(self, message: Incoming, texts: list[str]) -> None:
        if texts:
            log.warning("whatsapp_help_beside")
            await self._sending.at_once(message.sender, text_body("\n\n".join(texts)))

    def _with_first(self, key: str, state: State) -> State:
        """The state with one more text before what is said; after a cry for help nothing comes before that."""
        if any(message["kind"] == "help" for message in state["messages"]):
            return state
        first = {"text": self._talks.texts().get(key).text, "kind": "info", "choices": []}
        return {**state, "messages": [first, *state["messages"]]}

    def _letters(self, sender: Sender, reply: Reply) -> list[Letter]:
        return [self._post.letter(sender, body, reply.urgent) for body in reply.bodies]
