"""The channel as a whole: the webhook that Meta calls, the lines that answer, the loop that sends."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from aiohttp import web

from bot.channels import whatsapp_payloads as payloads
from bot.channels.talks import Talks
from bot.channels.whatsapp_answering import Answering
from bot.channels.whatsapp_graph import Graph
from bot.channels.whatsapp_payloads import Delivery, Incoming
from bot.channels.whatsapp_sending import Sending
from bot.channels.whatsapp_signature import challenge, is_signed
from bot.channels.whatsapp_templates import go_on
from bot.core.chunks import joined
from bot.core.errors import (
    DatabaseDown,
    DeliveryNotTaken,
    SignatureWrong,
    VerifyTokenWrong,
    WebhookBroken,
    WebhookTooLarge,
)
from bot.core.questionnaire import Questionnaire
from bot.core.recent import Recent
from bot.settings import WhatsAppSettings
from bot.store.phones import Phone, Sender
from bot.store.post import Post
from bot.store.retention import LATE
from bot.store.values import Delivered

log = structlog.get_logger()

PATH = "/webhooks/whatsapp"
LARGEST = 3 * 1024 * 1024  # bytes; Meta's own limit for a batch
ANSWER_SECONDS = 4  # for a turn whose words may not wait on a disk; Meta delivers again what was not taken
FINISH_SECONDS = 5
MOST_HELPED = 10_000  # ids of messages that were answered without a database


class WhatsApp:
    """One number at Meta, for one gateway."""

    def __init__(
        self,
        settings: WhatsAppSettings,
        talks: Talks,
        post: Post,
        questionnaire: Questionnaire,
        now: Callable[[], datetime],
    ) -> None:
        """Put the parts together; `run` starts them."""
        self._settings, self._talks, self._post, self._now = settings, talks, post, now
        self._graph = Graph(settings)
        self.sending = Sending(post, self._graph, go_on(settings), now)
        self.answering = Answering(talks, post, self.sending, questionnaire, settings.leaves_out)
        self.lines = self.answering.lines
        self._helped: Recent[str, None] = Recent(MOST_HELPED)
        self._receipts: set[asyncio.Task[None]] = set()
        if settings.read_receipts:
            self.answering.on_answered = self._mark_read

    def routes(self) -> list[web.RouteDef]:
        """The addresses that Meta calls."""
        return [web.get(PATH, self.verify), web.post(PATH, self.receive)]

    async def run(self, app: web.Application) -> AsyncIterator[None]:
        """Answer and send as long as the application runs."""
        async with self._graph:
            loops = [asyncio.create_task(self.sending.run()), asyncio.create_task(self.lines.look_for_lost())]
            yield
            await self.lines.finish(FINISH_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.sending.once(), FINISH_SECONDS)
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    async def verify(self, request: web.Request) -> web.Response:
        """GET /webhooks/whatsapp: Meta's question when the webhook is registered.

        Raises:
            VerifyTokenWrong: it is not Meta who asks, or the token was mistyped there.
        """
        answer = challenge(request.query, self._settings.verify_token)
        if answer is None:
            raise VerifyTokenWrong
        return web.Response(text=answer, content_type="text/plain")

    async def receive(self, request: web.Request) -> web.Response:
        """POST /webhooks/whatsapp: kept and answered 200 at once; the talk goes on beside it.

        Raises:
            SignatureWrong: nothing was read.
            WebhookTooLarge, WebhookBroken: it cannot be read.
            DeliveryNotTaken, DatabaseDown: not all was taken; delivered again it will be, and nothing twice.
        """
        # The application's own limit is that of a person's message; a batch of Meta's may be larger.
        body = await joined(request.content.iter_any(), LARGEST, WebhookTooLarge)
        if not is_signed(body, request.headers.get("X-Hub-Signature-256", ""), self._settings.app_secret):
            log.warning("whatsapp_signature_wrong")
            raise SignatureWrong
        delivery = payloads.read(_json(body), self._settings.phone_number_id)
        self._note(delivery)
        await self.sending.hear(delivery.statuses)
        for sender in delivery.left:
            await self._talks.forget(sender)
        messages = [one for one in delivery.messages if self._now() - one.said_at <= LATE]
        try:
            await self._take(messages)
        except DatabaseDown:
            await self._help_without_database(messages)
            raise
        return web.Response()

    async def go_on(self, phone: Phone) -> None:
        """Ask in WhatsApp what waits, for who comes back from our own page.

        Raises:
            DatabaseDown: nothing will be sent.
        """
        await self.answering.tell(phone, await self._talks.note(phone, "utter_whatsapp_go_on", None, False))

    async def _take(self, messages: Sequence[Incoming]) -> None:
        known = {sender: await self._known(sender) for sender in {one.sender for one in messages}}
        kept = await asyncio.gather(*(self._delivered(one, *known[one.sender]) for one in messages))
        new = set(await asyncio.to_thread(self._post.receive, [delivered for delivered, _ in kept]))
        promised: list[asyncio.Event] = []
        others: list[asyncio.Event] = []
        for message, (delivered, is_promised) in zip(messages, kept, strict=True):
            mark = self._post.mark(delivered.message_id)
            if mark in new or self.lines.is_in_hand(mark):
                done = self.lines.take(message, mark)
                if delivered.content is None:
                    (promised if is_promised else others).append(done)
            elif is_promised and delivered.content is None and await asyncio.to_thread(self._post.is_open, mark):
                raise DeliveryNotTaken  # another process has these words in its memory only, or had
        await _in_time([*promised, *others])
        if not all(done.is_set() for done in promised):
            raise DeliveryNotTaken

    async def _known(self, sender: Sender) -> tuple[Phone | None, bool]:
        """Somebody's conversation, and whether their words are promised to be kept, as all are after the first yes."""
        phone = await self._talks.find(sender)
        return phone, await self._talks.is_consented(phone)

    async def _delivered(self, message: Incoming, phone: Phone | None, is_promised: bool) -> tuple[Delivered, bool]:
        """A message for the inbox, its words only where they may reach a disk."""
        delivered = Delivered(message.message_id, message.said_at, message.sender.address)
        text = await self._talks.keepable(phone, message.text or "") if is_promised and phone else None
        if text is None:
            return delivered, is_promised
        return replace(delivered, content=replace(message, text=text or None).json()), is_promised

    async def _help_without_database(self, messages: Sequence[Incoming]) -> None:
        """Say whom to call, once a message: Meta delivers again until the database is back."""
        for message in messages:
            if message.message_id not in self._helped:
                self._helped[message.message_id] = None
                await self.answering.help_now(message)

    def _mark_read(self, message: Incoming) -> None:
        receipt = asyncio.create_task(self._graph.mark_read(message.message_id))
        self._receipts.add(receipt)
        receipt.add_done_callback(self._receipts.discard)

    def _note(self, delivery: Delivery) -> None:
        failed = sorted({code for status in delivery.statuses if status.name == "failed" for code in status.codes})
        if delivery.errors:
            log.error("whatsapp_meta_error", codes=sorted(delivery.errors))
        log.info("whatsapp_delivery", messages=len(delivery.messages), statuses=len(delivery.statuses), failed=failed)


async def _in_time(waits: Sequence[asyncio.Event]) -> None:
    """Wait for turns whose words are in this process's memory only, but not for ever."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*(done.wait() for done in waits)), ANSWER_SECONDS)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise WebhookBroken from None
