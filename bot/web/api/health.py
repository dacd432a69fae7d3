"""Whether the bot can talk: for people who run it, and for proxies."""

import asyncio

from aiohttp import web

from bot.core.errors import DatabaseDown, EngineDown
from bot.web.gateway import GATEWAY, Gateway

STARTING_SECONDS = 120  # an engine starts within 20 s; a small machine under load takes longer


async def read(request: web.Request) -> web.Response:
    """GET /health: ok only after a sentence was really parsed and both databases were read."""
    gateway = request.app[GATEWAY]
    try:
        await asyncio.to_thread(gateway.store.ping)
        engine = await gateway.engine.health()
    except DatabaseDown:
        return _down("database_down")
    except EngineDown:
        return _down("starting" if _is_new(request.app, gateway) else "engine_down")
    request.app[SEEN].add("engine")
    return web.json_response({"status": "ok", "nlu": engine["nlu"], "database": _kind(gateway)})


async def live(request: web.Request) -> web.Response:
    """GET /health/live: this process answers, so pages and the safety net are in reach."""
    return web.json_response({"status": "ok"})


SEEN: web.AppKey[set[str]] = web.AppKey("seen", set)
STARTED = web.AppKey("started", float)


def _is_new(app: web.Application, gateway: Gateway) -> bool:
    age = gateway.now().timestamp() - app[STARTED]
    return not app[SEEN] and age < STARTING_SECONDS


def _kind(gateway: Gateway) -> str:
    return gateway.settings.database_url.partition(":")[0].partition("+")[0]


def _down(status: str) -> web.Response:
    return web.json_response({"status": status, "nlu": None, "database": None}, status=503)
