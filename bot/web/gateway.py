"""What every handler needs, in one place that `app.py` fills."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.sense.sensing import Sensed
from bot.settings import Settings
from bot.store.store import Store
from bot.web.content import Content, Senses
from bot.web.engine_client import Engine
from bot.web.held import Holding
from bot.web.limits import Rate, Strikes
from bot.web.locks import Locks
from bot.web.peers import Peers


def _threads() -> Executor:
    return ThreadPoolExecutor(os.cpu_count(), "sensing")


@dataclass(frozen=True)
class Gateway:
    """The parts of a running gateway.

    The event loop's default threads are the database's: what waits there must not keep a cry for help from being
    heard, so reading words has threads of its own.

    Args:
        addresses: requests a minute from one address.
        conversations: requests a minute of one conversation.
        resumes, openings, staff: wrong resume codes, codes of shared pages, and staff keys, from one address.
        now: the present moment, aware and in UTC.
        holding: what may not be written yet.
        peers: the same, shared with the other gateways.
        sensing: the threads that read words.
        under_way: turns that go on although nobody waits for them.
        leaving: set when this gateway is to stop, while it still answers.
    """

    settings: Settings
    store: Store
    engine: Engine
    sense: Senses
    content: Content
    locks: Locks
    addresses: Rate
    conversations: Rate
    resumes: Strikes
    openings: Strikes
    staff: Strikes
    now: Callable[[], datetime]
    holding: Holding
    peers: Peers
    sensing: Executor = field(default_factory=_threads)
    under_way: "set[asyncio.Task[Any]]" = field(default_factory=set)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)

    async def sensed(self, text: str) -> Sensed:
        """What these words say, before anything is opened or kept."""
        return await asyncio.get_running_loop().run_in_executor(self.sensing, self.sense.sense, text)


GATEWAY = web.AppKey("gateway", Gateway)
