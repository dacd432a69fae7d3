"""What every handler needs, in one place that `app.py` fills."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.settings import Settings
from bot.store.store import Store
from bot.web.content import Content, Senses
from bot.web.engine_client import Engine
from bot.web.held import Holding
from bot.web.limits import Rate, Strikes
from bot.web.locks import Locks


@dataclass(frozen=True)
class Gateway:
    """The parts of a running gateway.

    Args:
        addresses: requests a minute from one address.
        conversations: requests a minute of one conversation.
        resumes, openings: wrong resume codes, and wrong codes of shared pages, from one address.
        now: the present moment, aware and in UTC.
        holding: what may not be written yet.
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
    now: Callable[[], datetime]
    holding: Holding = field(default_factory=Holding)


GATEWAY = web.AppKey("gateway", Gateway)
