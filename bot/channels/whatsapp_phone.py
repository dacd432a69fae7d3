"""A phone on the desk: Meta's servers and people with WhatsApp, played on this machine, to try the channel with.

It is a toy and no part of what is served to people: it listens on 127.0.0.1 only, keeps nothing and knows no secret but
the ones of its own gateway. Its page is at `/`. Everything on the page goes through this JSON API, for tests:

    GET   /api/state?phone=A&after=N     all there is, with the chat of phone A; waits until `changes` is more than N
    POST  /api/phones                    {"name", "number"?, "hidden"?}: somebody more; gives their `address`
    GET   /api/phones/A?after=N          one phone; waits until the bot sent it more than N messages
    POST  /api/phones/A/messages         something its person does, 201 with the message as Meta delivers it:
                                         {"kind": "text", "text", "forwarded"?}
                                         {"kind": "tap", "title" or "button", "to"?}: a button or row
                                         {"kind": "voice" | "sticker" | "location" | "contacts" | "unsupported"}
                                         {"kind": "image" | "video" | "document", "text"?}: with a caption
                                         {"kind": "reaction", "to", "emoji"}  {"kind": "edit", "to", "text"}
                                         {"kind": "delete", "to"}  {"kind": "new_number", "number"}
    POST  /api/phones/A/read             its person looks at the chat
    PATCH /api/trouble                   switches, by the names in `whatsapp_phone_trouble.NAMES`
    GET   /api/deliveries                the tries to deliver, oldest first

and `POST /{version}/{phone_number_id}/messages` is Meta's own. What is wrong in a call of `/api` gets 400.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels.whatsapp import PATH
from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_errors import PARAMETER, Refused
from bot.channels.whatsapp_phone_people import Handset
from bot.channels.whatsapp_phone_trouble import DOWN, HTML
from bot.settings import WHATSAPP, Settings
from bot.store.clock import utc_now

PAGE = Path(__file__).parent / "phone_page"
FILES = {"phone.css", "phone.js", "shown.js"}
HOST = "127.0.0.1"
OURS = ("127.0.0.1", "localhost")
PATIENCE = 25.0  # seconds that a call with `after` waits
FIRST = "Karin"
DESK: web.AppKey[Desk] = web.AppKey("desk")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve_phone(env: Mapping[str, str], port: int, say: Callable[[str], None]) -> None:
    """Serve the desk until ctrl-C or SIGTERM.

    Args:
        env: the gateway's own settings; what is needed is made up when nothing is set.
        say: tells the person at the terminal one line.

    Raises:
        SettingsWrong: some of the settings are there, but not all.
    """
    made_up = {} if any(env.get(name) for name in WHATSAPP) else make_up()
    settings = Settings.from_env({**env, **made_up})
    if made_up:
        _tell_settings(made_up, port, say)
    told = f"A toy for the desk: Meta and a phone, at http://{HOST}:{port}. No part of a real set-up. Ctrl-C stops."
    # aiohttp calls `print` once, when it listens
    web.run_app(make_phone(settings), host=HOST, port=port, print=lambda _: say(told), access_log=None)


def make_up() -> dict[str, str]:
    """Settings that nobody else knows: a gateway with well-known ones could be written to by anybody."""
    return {name: secrets.token_hex(12) for name in WHATSAPP[:-1]} | {WHATSAPP[-1]: str(secrets.randbelow(10**15))}


def make_phone(settings: Settings, desk: Desk | None = None) -> web.Application:
    """The desk, ready to be served.

    Args:
        desk: another one than a new one, in tests.

    Raises:
        ValueError: the settings know no number at Meta.
    """
    if settings.whatsapp is None:
        raise ValueError("no WhatsApp in the settings")
    app = web.Application(middlewares=[only_from_here, plain_errors])
    app[DESK] = desk or Desk(settings.whatsapp, settings.public_url + PATH, utc_now)
    if not app[DESK].people:
        app[DESK].join(FIRST)
    app.cleanup_ctx.append(_delivering)
    app.add_routes(
        [
            web.get("/", page),
            web.get("/page/{name}", file),
            web.get("/api/state", state),
            web.get("/api/deliveries", deliveries),
            web.patch("/api/trouble", trouble),
            web.post("/api/phones", join),
            web.get("/api/phones/{address}", phone),
            web.post("/api/phones/{address}/messages", say_something),
            web.post("/api/phones/{address}/read", read),
            web.post("/{version}/{number_id}/messages", graph),
        ]
    )
    return app


async def _delivering(app: web.Application) -> AsyncIterator[None]:
    app[DESK].delivery.start()
    yield
    await app[DESK].delivery.close()


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nothing for a page of another site, not even when its name leads to this machine."""
    origin = request.headers.get("Origin")
    if request.url.host not in OURS or origin not in (None, str(request.url.origin())):
        raise web.HTTPForbidden
    response = await handler(request)
    response.headers.update(HEADERS)
    return response


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What is wrong in a call, as JSON."""
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response(refused.json(), status=refused.status)
    except (KeyError, TypeError, ValueError) as wrong:
        return web.json_response({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)


async def page(request: web.Request) -> web.FileResponse:
    """GET /."""
    return web.FileResponse(PAGE / "phone.html")


async def file(request: web.Request) -> web.FileResponse:
    """GET /page/…: its script and style."""
    if request.match_info["name"] not in FILES:
        raise web.HTTPNotFound
    return web.FileResponse(PAGE / request.match_info["name"])


async def graph(request: web.Request) -> web.StreamResponse:
    """POST /{version}/{phone_number_id}/messages: Meta's own address."""
    desk, where = request.app[DESK], request.match_info
    if desk.trouble.answer == DOWN and request.transport is not None:
        request.transport.abort()
    if desk.trouble.answer in (DOWN, HTML):
        return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")
    authorization = request.headers.get("Authorization", "")
    return web.json_response(desk.take(where["version"], where["number_id"], authorization, await _json(request)))


async def state(request: web.Request) -> web.Response:
    """GET /api/state."""
    desk = request.app[DESK]
    await desk.news.wait(int(request.query.get("after", -1)), PATIENCE)
    address = request.query.get("phone")
    chosen = next((who for who in desk.people if who.address == address), desk.people[0])
    delivery = desk.delivery
    return web.json_response(
        {
            "changes": desk.news.changes,
            "phones": [{"name": who.name, "address": who.address, "hidden": not who.number} for who in desk.people],
            "phone": _shown(chosen),
            "trouble": desk.trouble.json(),
            "webhook": {"address": delivery.webhook, "handshake": delivery.handshake},
            "tries": [one.json() for one in list(delivery.tries)[-10:]],
            "refusals": list(desk.refusals)[-5:],
        }
    )


async def deliveries(request: web.Request) -> web.Response:
    """GET /api/deliveries."""
    return web.json_response([one.json() for one in request.app[DESK].delivery.tries])


async def trouble(request: web.Request) -> web.Response:
    """PATCH /api/trouble."""
    desk = request.app[DESK]
    desk.turn(await _json(request))
    return web.json_response(desk.trouble.json())


async def join(request: web.Request) -> web.Response:
    """POST /api/phones."""
    given = await _json(request)
    who = request.app[DESK].join(given["name"], given.get("number"), given.get("hidden", False))
    return web.json_response(_shown(who), status=201)


async def phone(request: web.Request) -> web.Response:
    """GET /api/phones/{address}."""
    desk, who = request.app[DESK], _whose(request)
    end = asyncio.get_running_loop().time() + PATIENCE
    while len(who.received) <= int(request.query.get("after", -1)):
        left = end - asyncio.get_running_loop().time()
        if left <= 0:
            break
        await desk.news.wait(desk.news.changes, left)
    return web.json_response(_shown(who))


async def say_something(request: web.Request) -> web.Response:
    """POST /api/phones/{address}/messages."""
    said = request.app[DESK].say(_whose(request), await _json(request))
    return web.json_response(said, status=201)


async def read(request: web.Request) -> web.Response:
    """POST /api/phones/{address}/read."""
    request.app[DESK].read(_whose(request))
    return web.Response(status=204)


def _whose(request: web.Request) -> Handset:
    return request.app[DESK].whose(request.match_info["address"])


def _shown(who: Handset) -> dict[str, Any]:
    return {"name": who.name, "address": who.address, "user": who.user, "chat": who.chat}


async def _json(request: web.Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        raise Refused(PARAMETER, "The body is not JSON.") from None


def _tell_settings(made_up: Mapping[str, str], port: int, say: Callable[[str], None]) -> None:
    say("Nothing is set for WhatsApp, so here are made-up settings. In the terminal of the bot:")
    for name, value in {**made_up, "WHATSAPP_GRAPH_URL": f"http://{HOST}:{port}"}.items():
        say(f"  export {name}={value}")
    say("  make start")
    say("The same lines in this terminal keep them the next time; `make whatsapp` does all this at once.")
