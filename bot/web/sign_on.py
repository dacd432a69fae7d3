"""Signing on at the municipality: the way there, the way back, and the cookie that holds the name for a working day."""

import hmac
import re
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta

import structlog
from aiohttp import web

from bot.core.errors import VoorgesprekError, told
from bot.web.errors import PageUnknown, SignOnRefused, SignOnStale, SignOnWrong
from bot.web.gateway import GATEWAY, Gateway
from bot.web.oidc import Flow, Oidc

log = structlog.get_logger()

OIDC = web.AppKey("oidc", Oidc)
WAY_BACK = "/aanmelden/terug"
FLOW, NAME = "aanmelden", "aangemeld"  # cookies, and what their seals are for
FLOW_LIVES = timedelta(minutes=10)  # to find a password, or a second factor
NAME_LIVES = timedelta(hours=8)  # a working day; then the municipality says anew who it is
PAGE = re.compile(r"/s/[A-Za-z0-9_-]{1,128}")  # the only pages to go back to


def set_up(app: web.Application) -> None:
    """Let contact persons sign on, where the municipality has a sign-on."""
    gateway = app[GATEWAY]
    if gateway.settings.oidc is not None:
        app[OIDC] = Oidc(gateway.settings.oidc, gateway.settings.public_url + WAY_BACK, gateway.now)
        app.cleanup_ctx.append(_closing)


def is_there(request: web.Request) -> bool:
    """Whether the municipality has a sign-on."""
    return OIDC in request.app


def name_of(request: web.Request) -> str | None:
    """The name of who signed on in this browser, or None."""
    cookie = request.cookies.get(NAME)
    found = request.app[GATEWAY].store.seals.open(cookie, NAME) if cookie and is_there(request) else None
    return str(found["name"]) if found else None


async def begin(request: web.Request) -> web.Response:
    """GET /aanmelden: on to the municipality's sign-on.

    Raises:
        PageUnknown: there is none, or there is no such page to go back to.
        SignOnDown: it does not answer.
    """
    oidc, flow = _oidc(request), Flow(_page(request.query.get("terug", "")))
    response = _to(await _noted(oidc.address(flow)), 302)
    sealed = request.app[GATEWAY].store.seals.seal(flow.json(), FLOW, FLOW_LIVES)
    _keep(response, request.app[GATEWAY], FLOW, sealed, FLOW_LIVES, path="/aanmelden")
    return response


async def come_back(request: web.Request) -> web.Response:
    """GET /aanmelden/terug: the sign-on's answer.

    Raises:
        SignOnStale, SignOnWrong, SignOnRefused, SignOnNameless, SignOnDown: nobody signed on.
    """
    oidc, gateway = _oidc(request), request.app[GATEWAY]
    flow = _flow(request)
    if not hmac.compare_digest(request.query.get("state", "").encode(), flow.state.encode()):
        raise SignOnWrong("another state")
    oidc.check_sender(request.query.get("iss"))
    if "error" in request.query:
        raise SignOnRefused
    name = await _noted(oidc.name(flow, request.query.get("code", "")))
    response = _to(flow.back, 303)
    _keep(response, gateway, NAME, gateway.store.seals.seal({"name": name}, NAME, NAME_LIVES), NAME_LIVES, path="/")
    response.del_cookie(FLOW, path="/aanmelden")
    return response


async def leave(request: web.Request) -> web.Response:
    """POST /afmelden: this browser forgets who signed on; it goes back to the page it was on."""
    _oidc(request)
    back = (await request.post()).get("terug", "")
    response = _to(_page(back if isinstance(back, str) else ""), 303)
    response.del_cookie(NAME, path="/")
    return response


async def _closing(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[OIDC].close()


def _oidc(request: web.Request) -> Oidc:
    if not is_there(request):
        raise PageUnknown
    return request.app[OIDC]


def _flow(request: web.Request) -> Flow:
    found = request.app[GATEWAY].store.seals.open(request.cookies.get(FLOW, ""), FLOW)
    if found is None:
        raise SignOnStale
    return Flow(**found)


async def _noted(asked: Awaitable[str]) -> str:
    try:
        return await asked
    except VoorgesprekError as error:
        log.warning("sign_on_failed", **told(error))
        raise


def _page(path: str) -> str:
    if not PAGE.fullmatch(path):
        raise PageUnknown
    return path


def _to(address: str, status: int) -> web.Response:
    return web.Response(status=status, headers={"Location": address})


def _keep(response: web.Response, gateway: Gateway, name: str, sealed: str, lives: timedelta, path: str) -> None:
    # Lax, because the way back begins at another site; with Strict the browser would not bring it.
    response.set_cookie(
        name, sealed, max_age=int(lives.total_seconds()), path=path, httponly=True,
        secure=gateway.settings.is_https, samesite="Lax",
    )  # fmt: skip
