"""Sends what is in the outbox: in order for each person, not faster than Meta allows, again when that may help."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.channels.whatsapp_graph import NO_CODE, Graph, GraphRefused
from bot.channels.whatsapp_payloads import Status
from bot.core.errors import told
from bot.core.recent import Buckets, Recent
from bot.store.phones import Sender
from bot.store.post import Post
from bot.store.retention import LATE
from bot.store.values import Letter

log = structlog.get_logger()

# Source: Meta's pair rate, one message in 6 seconds to the same person, and bursts that are borrowed from what comes
# (developers.facebook.com/documentation/business-messaging/whatsapp/throughput, seen August 2026). Vendors saw the
# refusal, code 131056, from 10 to 30 messages a minute: after one the burst is over.
PAIR_SECONDS = 6.0
BURST = 30
TOO_FAST = 131056
REMEMBERED = 50_000  # people; the one that was quiet longest is forgotten first
IDLE_SECONDS = 1.0
LONGEST_WAIT = timedelta(minutes=5)
UNREACHABLE_WAIT = timedelta(seconds=15)  # nobody is asked too often where nobody answers
TOKEN_WAIT = timedelta(minutes=1)  # who renews a token wants to see that it works
MOST_AT_ONCE = 500  # letters on their way at the same time
MOST_EARLY = 1000  # statuses of messages that another process may know, or nobody
FIRST_WAIT = 4  # seconds, and four times as long each time: 4, 16, 64, 256, then every five minutes
ARRIVED = ("delivered", "read", "played")  # "sent" may still fail
OK, UNREACHABLE = "ok", "unreachable"
TOKEN_REFUSED, ACCOUNT_REFUSED = "token_refused", "account_refused"


class Pace(Buckets[bytes]):
    """How much may be sent to each person now."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Everybody begins with a whole burst."""
        super().__init__(BURST, PAIR_SECONDS, REMEMBERED, clock)

    def slow_down(self, person: bytes) -> None:
        """The burst is over, the provider counted more than we did: what it refused may go once more, and no more."""
        self.set(person, 1.0)


class Sending:
    """The one loop of a process that sends."""

    def __init__(self, post: Post, graph: Graph, template: dict[str, Any], now: Callable[[], datetime]) -> None:
        """Prepare to send.

        Args:
            template: what is sent where a free text may not be, because the person wrote more than a day ago.
        """
        self._post, self._graph, self._template, self._now = post, graph, template, now
        self._pace = Pace()
        self._news = asyncio.Event()
        self.health = OK
        self._under_way: set[asyncio.Task[None]] = set()
        self._early: Recent[str, Status] = Recent(MOST_EARLY)

    async def at_once(self, to: Sender, body: dict[str, Any]) -> None:
        """Send past the outbox, for what must not wait for a database; only once."""
        try:
            await self._graph.send(to, body)
        except GraphRefused as refused:
            log.error("whatsapp_refused", code=refused.code, tries=0)

    def wake(self) -> None:
        """There is something to be sent."""
        self._news.set()

    async def run(self) -> None:
        """Send for ever; a letter that hangs keeps no other one waiting."""
        while True:
            self._news.clear()
            try:
                is_busy = await self._begin()
            except Exception as error:  # noqa: BLE001  # whatever it is, mostly the database: what is to be sent is safe there
                log.error("whatsapp_outbox_unread", **told(error))
                is_busy = False
            if not is_busy:
                await self._idle()

    async def once(self) -> None:
        """Send what may be sent now, and wait until that is done."""
        await self._begin()
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _begin(self) -> bool:
        if len(self._under_way) >= MOST_AT_ONCE:
            return False
        letters = await asyncio.to_thread(self._post.due)
        for letter in letters:
            task = asyncio.create_task(self._send_safely(letter))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return bool(letters)

    async def _send_safely(self, letter: Letter) -> None:
        try:
            await self._send(letter)
        except Exception as error:  # noqa: BLE001  # its claim ends by itself, and then it is tried again
            log.error("whatsapp_not_sent", **told(error))

    async def _idle(self) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    async def _send(self, letter: Letter) -> None:
        if letter.made_at is not None and self._now() - letter.made_at > LATE:
            log.warning("whatsapp_reply_late")
            return await asyncio.to_thread(self._post.drop, letter)
        seconds = 0.0 if letter.urgent else self._pace.wait(letter.person)
        if seconds:
            return await self._later(letter, timedelta(seconds=seconds), is_try=False)
        to, body = Sender(*letter.body["to"]), letter.body["body"]
        try:
            message_id = await self._graph.send(to, body, letter.reference)
        except GraphRefused as refused:
            return await self._refused(letter, refused)
        self.health = OK
        await asyncio.to_thread(self._post.taken, letter, message_id)
        if early := self._early.pop(message_id, None):  # told to be failed before we had written that it was taken
            await self.hear([early])

    async def hear(self, statuses: Sequence[Status]) -> None:
        """Take note of what became of messages: some arrived, some come back and are tried again."""
        referred = [(status.reference, status.message_id) for status in statuses if status.reference]
        if referred:
            await asyncio.to_thread(self._post.confirmed, referred)
        arrived = [status.message_id for status in statuses if status.name in ARRIVED]
        if arrived:
            await asyncio.to_thread(self._post.arrived, arrived)
        for status in statuses:
            if status.name == "failed":
                await self._failed(status)

    async def _failed(self, status: Status) -> None:
        letter = await asyncio.to_thread(self._post.came_back, status.message_id)
        if letter is not None:
            return await self._refused(letter, GraphRefused.of(status.codes[0] if status.codes else NO_CODE))
        log.info("whatsapp_status_unknown")
        self._early[status.message_id] = status
        return None

    async def _refused(self, letter: Letter, refused: GraphRefused) -> None:
        log.warning("whatsapp_refused", code=refused.code, tries=letter.tries)
        if refused.code == TOO_FAST:
            self._pace.slow_down(letter.person)
        if refused.is_token or refused.is_account:
            self._warn(refused)
            return await self._later(letter, TOKEN_WAIT)
        if refused.is_passing:
            self.health = UNREACHABLE if refused.code < 0 else self.health
            wait = timedelta(seconds=FIRST_WAIT ** min(letter.tries + 1, 5))
            return await self._later(letter, min(wait, LONGEST_WAIT if refused.code >= 0 else UNREACHABLE_WAIT))
        if refused.is_window:
            await self._invite(Sender(*letter.body["to"]))
        await asyncio.to_thread(self._post.drop, letter)

    def _warn(self, refused: GraphRefused) -> None:
        """Tell who runs the server that nothing goes out until somebody does something at Meta."""
        if refused.is_token:
            self.health = TOKEN_REFUSED
            log.error("whatsapp_token_refused")
        else:
            self.health = ACCOUNT_REFUSED
            log.error("whatsapp_account_refused", code=refused.code)

    async def _invite(self, to: Sender) -> None:
        if await asyncio.to_thread(self._post.phones.wants_none, to):
            return
        try:
            await self._graph.send(to, self._template)
        except GraphRefused as refused:
            log.warning("whatsapp_refused", code=refused.code, tries=0)

    async def _later(self, letter: Letter, wait: timedelta, is_try: bool = True) -> None:
        await asyncio.to_thread(self._post.postpone, letter, self._now() + wait, is_try)
