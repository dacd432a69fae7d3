"""Whether the bot can talk: for people who run it, and for proxies."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from bot.core.errors import DatabaseDown, EngineDown
from bot.store.store import Store
from bot.web.gateway import GATEWAY, Gateway

STARTING_SECONDS = 120  # an engine starts within 20 s; a small machine under load takes longer
PULSE_SECONDS = 1  # an answer is good for so long: whoever asks more often costs the database nothing
PING_SECONDS = 3  # two small writes take milliseconds; who waits longer could not save a turn either


class Pulse:
    """Whether the databases can save, asked one call at a time and in a thread of its own."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask this store."""
        self._store, self._clock = store, clock
        self._thread = ThreadPoolExecutor(1, "pulse")
        self._asked: asyncio.Future[None] | None = None
        self._since = 0.0

    async def check(self) -> None:
        """Return when they can.

        Raises:
            DatabaseDown: they cannot, or do not tell in time.
        """
        is_old = self._clock() - self._since >= PULSE_SECONDS
        if self._asked is None or (self._asked.done() and is_old):
            self._asked = asyncio.get_running_loop().run_in_executor(self._thread, self._store.ping)
            self._asked.add_done_callback(lambda asked: asked.cancelled() or asked.exception())  # one nobody waited for
            self._since = self._clock()
        done, _ = await asyncio.wait([self._asked], timeout=PING_SECONDS)
        if not done:
            raise DatabaseDown("no answer to the ping in time")
        self._asked.result()

    def close(self) -> None:
        """Ask no more."""
        self._thread.shutdown(wait=False)


async def read(request: web.Request) -> web.Response:
    """GET /health: ok only after a sentence was really parsed and both databases took a write."""
    gateway = request.app[GATEWAY]
    if gateway.leaving.is_set():
        return _down("stopping")
    try:
        await request.app[PULSE].check()
        engine = await gateway.engine.health()
    except DatabaseDown:
        return _down("database_down")
    except EngineDown:
        return _down("starting" if _is_new(request.app, gateway) else "engine_down")
    request.app[SEEN].add("engine")
    channels = {name: state() for name, state in request.app[CHANNELS].items()}
    return web.json_response({"status": "ok", "nlu": engine["nlu"], "database": _kind(gateway), **channels})


async def live(request: web.Request) -> web.Response:
    """GET /health/live: this process answers, so pages and the safety net are in reach; 503 once it is to stop."""
    if request.app[GATEWAY].leaving.is_set():
        return web.json_response({"status": "stopping"}, status=503)
    return web.json_response({"status": "ok"})


SEEN: web.AppKey[set[str]] = web.AppKey("seen", set)
STARTED = web.AppKey("started", float)
CHANNELS: web.AppKey[dict[str, Callable[[], str]]] = web.AppKey("channels", dict)
PULSE: web.AppKey[Pulse] = web.AppKey("pulse", Pulse)


def _is_new(app: web.Application, gateway: Gateway) -> bool:
    age = gateway.now().timestamp() - app[STARTED]
    return not app[SEEN] and 0 <= age < STARTING_SECONDS  # a clock that was set back makes nothing new


def _kind(gateway: Gateway) -> str:
    return gateway.settings.database_url.partition(":")[0].partition("+")[0]


def _down(status: str) -> web.Response:
    return web.json_response({"status": status, "nlu": None, "database": None}, status=503)
