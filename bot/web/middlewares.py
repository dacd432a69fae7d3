"""What holds for every request: words for trouble, headers for safety, limits, and a log without people in it."""

import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from bot.core.errors import VoorgesprekError, told
from bot.settings import Settings
from bot.web import errors, pages, problems
from bot.web.gateway import GATEWAY
from bot.web.limits import address_of, caller

log = structlog.get_logger()

API_VERSION = "1.0.0"
# Framed by a municipality's own site; /hulp and /weg because the framed page's buttons lead there without a script.
FRAMED = ("/embed", "/hulp", "/weg")
LIMITED = ("/v1/", "/aanmelden")  # what costs more than a page
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Server": "Voorgesprek",  # and not which versions of what
}
HSTS = "max-age=31536000"  # a year, as internet.nl asks
HTTP_ERRORS: dict[int, type[VoorgesprekError]] = {
    404: errors.PageUnknown,
    405: errors.MethodWrong,
    413: errors.TooLarge,
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def logged(request: web.Request, handler: Handler) -> web.StreamResponse:
    """One event a request: the route and the status, never an address, an id or a word."""
    started = time.perf_counter()
    response = await handler(request)
    milliseconds = round((time.perf_counter() - started) * 1000, 1)
    log.info("request", method=_method(request), route=_route(request), status=response.status, ms=milliseconds)
    return response


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The headers that keep others out of the page."""
    response = await handler(request)
    gateway = request.app[GATEWAY]
    for name, value in (FIXED | _about(request, gateway.settings)).items():
        response.headers.setdefault(name, value)
    if gateway.leaving.is_set():
        response.force_close()  # a proxy that keeps the connection would send its next request to who is gone
    return response


@web.middleware
async def worded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns every error into a problem, or into a page for who came with a browser."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        response = _answer(request, HTTP_ERRORS.get(error.status, errors.BodyBroken)())
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except VoorgesprekError as error:
        return _answer(request, error)
    except Exception as error:  # noqa: BLE001  # the edge: whatever broke, the person reads what to do now
        log.error("unexpected", route=_route(request), **told(error))
        return _answer(request, error)


@web.middleware
async def limited(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses who asks too much; pages, help and health are always answered."""
    gateway = request.app[GATEWAY]
    if request.path.startswith(LIMITED):
        gateway.addresses.take(address_of(request, gateway.settings.trusted_proxies))
    if "conversationId" in request.match_info:
        gateway.conversations.take(caller(request))
    return await handler(request)


def _answer(request: web.Request, error: Exception) -> web.Response:
    wants_page = "text/html" in request.headers.get("Accept", "") and not request.path.startswith("/v1/")
    return pages.trouble(request, problems.problem_of(error)) if wants_page else problems.respond(error)


def _about(request: web.Request, settings: Settings) -> dict[str, str]:
    static = request.path.startswith("/static/") or request.path == "/embed.js"
    # no-cache: asked again each time, answered with 304; people's pages and words are kept nowhere
    headers = {"Cache-Control": "no-cache" if static else "no-store"}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if static else "same-origin"
    if request.path.startswith("/v1/"):
        headers["API-Version"] = API_VERSION
    if settings.is_https:
        headers["Strict-Transport-Security"] = HSTS
    return headers | _framing(request, settings)


def _framing(request: web.Request, settings: Settings) -> dict[str, str]:
    if request.path in FRAMED:
        return {"Content-Security-Policy": CSP + " ".join(("'self'", *settings.embed_origins))}
    return {"Content-Security-Policy": CSP + "'none'", "X-Frame-Options": "DENY"}


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"


def _method(request: web.Request) -> str:
    # a method is free text of the sender
    return request.method if request.method in ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT") else "other"
