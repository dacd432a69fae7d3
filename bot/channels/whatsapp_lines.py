"""The lines of people who wait for an answer: one message of a person at a time, in the order they were said."""

import asyncio
from bisect import insort
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from bot.channels.whatsapp_payloads import Incoming
from bot.core.errors import told
from bot.store.post import Post

log = structlog.get_logger()

WAITS = (1, 4, 10, 30)  # seconds between tries of one message
LOOKS, LOOK_SECONDS = 25, 0.2  # how long a message waits for an earlier one that another process has in hand
LOST_SECONDS = 15  # between two looks for messages whose process stopped; claims of what is in hand are renewed then


@dataclass(order=True)
class Waiting:
    """A message in line, by the time at which it was said."""

    said_at: datetime
    number: int
    message: Incoming = field(compare=False)
    mark: bytes = field(compare=False)
    done: asyncio.Event = field(compare=False, default_factory=asyncio.Event)


class Answers(Protocol):
    """What the lines ask of who answers."""

    async def answer(self, waiting: Waiting) -> None:
        """Answer a message once, however often it is tried."""

    async def failed(self, waiting: Waiting, error: Exception) -> None:
        """The first try failed: say whom to call, if it was a cry for help."""

    async def give_up(self, waiting: Waiting) -> None:
        """Every try failed."""

    async def look_ahead(self, waiting: Waiting) -> None:
        """Others wait before this message: a cry for help in it may not."""


class Lines:
    """The lines of one process."""

    def __init__(self, answers: Answers, post: Post) -> None:
        """Nobody waits yet."""
        self._answers, self._post = answers, post
        self._lines: dict[str, list[Waiting]] = {}
        self._in_hand: dict[bytes, Waiting] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0

    def take(self, message: Incoming, mark: bytes) -> asyncio.Event:
        """Put a message in its person's line; the event is set once it was answered."""
        if mark in self._in_hand:
            return self._in_hand[mark].done
        self._count += 1
        waiting = self._in_hand[mark] = Waiting(message.said_at, self._count, message, mark)
        address = message.sender.address
        if address in self._lines:
            insort(self._lines[address], waiting)
            self.beside(self._answers.look_ahead(waiting))
        else:
            self._lines[address] = [waiting]
            self.beside(self._work(address))
        return waiting.done

    def is_in_hand(self, mark: bytes) -> bool:
        """Whether this process is to answer a message."""
        return mark in self._in_hand

    def is_busy(self, address: str) -> bool:
        """Whether somebody has a message in line."""
        return address in self._lines

    def beside(self, work: Awaitable[None]) -> None:
        """Let something go on by itself; what goes wrong in it is told."""
        task = asyncio.ensure_future(_told(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def look_for_lost(self) -> None:
        """For ever keep what is in hand, and take over what other processes left behind."""
        while True:
            await _told(self._take_lost())
            await asyncio.sleep(LOST_SECONDS)

    async def finish(self, seconds: float) -> None:
        """Let the turns under way end; what is left is another process's."""
        if self._lines:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()

    async def _take_lost(self) -> None:
        if self._in_hand:
            await asyncio.to_thread(self._post.renew, list(self._in_hand))
        for one in await asyncio.to_thread(self._post.waiting):
            self.take(Incoming.from_json(one.content or {}), one.mark)

    async def _work(self, address: str) -> None:
        line = self._lines[address]
        while line:
            waiting = line[0]
            await _told(self._answer_patiently(waiting))
            waiting.done.set()
            line.remove(waiting)
            del self._in_hand[waiting.mark]
        del self._lines[address]

    async def _wait_for_others(self, waiting: Waiting) -> None:
        """Let another process answer first what the same person said before; one that died is not waited for long."""
        for _ in range(LOOKS):
            earlier = await asyncio.to_thread(self._post.earlier, waiting.mark)
            if all(mark in self._in_hand for mark in earlier):
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _answer_patiently(self, waiting: Waiting) -> None:
        for tried, wait in enumerate((*WAITS, 0)):
            try:
                await self._wait_for_others(waiting)
                await self._answers.answer(waiting)
                return
            except Exception as error:  # noqa: BLE001  # whatever it is: the next message must not wait for ever
                log.error("whatsapp_not_answered", tries=tried, **told(error))
                if tried == 0:
                    await self._answers.failed(waiting, error)
            await asyncio.sleep(wait)
        await self._answers.give_up(waiting)


async def _told(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001  # a loop that ends would leave people without answers until a restart
        log.error("whatsapp_line_broken", **told(error))
