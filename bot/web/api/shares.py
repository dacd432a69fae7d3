"""Shares: made, listed, withdrawn by the person; opened by the contact person."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.core import briefing
from bot.core.errors import CodeWrong, LinesUnknown
from bot.store.readings import Reader, Reading
from bot.web import bodies, share_bodies, sign_on
from bot.web.api.briefing import on_paper
from bot.web.api.edits import edit, edit_once, load
from bot.web.api.links import link, shared
from bot.web.errors import BodyWrong, Fault
from bot.web.gateway import GATEWAY, Gateway
from bot.web.guessed import is_guessed
from bot.web.limits import address_of
from bot.web.said import Said
from bot.web.talks import Draft

SHARES = "POST /shares"  # what a messageId stands for here; no choice has this value
SEEN = ("openedBy", "openedHow", "openedLater", "readAt", "readBy", "readLine", "mailedAt")
Share = dict[str, Any]


async def create(request: web.Request) -> web.Response:
    """POST …/shares: the call is itself the yes; with a messageId it is one yes, however often it comes."""
    message_id, lines = share_bodies.new(await bodies.read(request)) if request.can_read_body else (None, None)
    meant = SHARES if lines is None else " ".join((SHARES, *lines))
    try:
        share = await edit_once(request, Said(choice=meant, message_id=message_id), lambda unit: unit.share(lines))
    except LinesUnknown as wrong:
        raise BodyWrong([Fault(f"lines.{line}", "line_unknown") for line in wrong.lines]) from None
    return web.json_response(shared(request.app[GATEWAY], share), status=201)


async def read(request: web.Request) -> web.Response:
    """GET …/shares: who can open what, who did, and what came back."""
    gateway, opened = request.app[GATEWAY], await load(request)
    mine = opened.record.get("shares", [])
    states, readings = await asyncio.to_thread(_known, gateway, mine)
    listed = [_listed(gateway, share, states, readings) for share in mine]
    to = Draft(gateway, opened).unit.sharing.to
    return web.json_response({"shares": listed} | ({"to": to} if to else {}))


async def withdraw(request: web.Request) -> web.Response:
    """DELETE …/shares/{shareId}: closed at once, and also when it was closed already."""
    share_id = request.match_info["shareId"]
    await edit(request, lambda unit: unit.withdraw(share_id))
    return web.Response(status=204)


async def open_page(request: web.Request) -> web.Response:
    """POST /v1/shares/{shareId}/open: the page, for who has link and code."""
    body = await bodies.read(request)
    return web.json_response(await _opened(request, body, Reading(_reader(request, body))))


async def open_on_paper(request: web.Request) -> web.Response:
    """POST /v1/shares/{shareId}/pdf: the same page as a PDF, for who has link and code."""
    body, texts = await bodies.read(request), request.app[GATEWAY].content.texts
    opened = await _opened(request, body, Reading(_reader(request, body)))
    return await on_paper(opened["briefing"], briefing.shared_on(opened["sharedAt"], texts), texts)


async def tell_read(request: web.Request) -> web.Response:
    """POST /v1/shares/{shareId}/read: who read the page tells so, with a line for the person if they like."""
    body = await bodies.read(request)
    await _opened(request, body, Reading(_reader(request, body), is_read=True, line=share_bodies.back(body)))
    return web.Response(status=204)


async def _opened(request: web.Request, body: bodies.Body, reading: Reading) -> dict[str, Any]:
    gateway, code = request.app[GATEWAY], bodies.share_code(body)
    address = address_of(request, gateway.settings.trusted_proxies)
    share_id = request.match_info["shareId"]
    try:
        page = await asyncio.to_thread(gateway.store.open_share, share_id, code, gateway.now(), address, reading)
    except CodeWrong:
        gateway.openings.strike(address)
        gateway.openings.check(address)
        raise
    return page if "briefing" in page else page | {"briefing": _of_old(gateway, page)}


def _of_old(gateway: Gateway, page: dict[str, Any]) -> dict[str, Any]:
    return briefing.of_old(page["sections"], gateway.content.questionnaire, gateway.content.texts)


def _reader(request: web.Request, body: bodies.Body) -> Reader | None:
    return share_bodies.reader(body, sign_on.name_of(request))


def _known(gateway: Gateway, mine: Sequence[Share]) -> tuple[dict[str, Share], dict[str, Share]]:
    states = gateway.store.shares.states([share["shareId"] for share in mine])
    return states, gateway.store.shares.readings.of(mine)


def _listed(gateway: Gateway, share: Share, states: dict[str, Share], readings: dict[str, Share]) -> Share:
    state, reading = states.get(share["shareId"], {}), readings.get(share["shareId"], {})
    kept = {name: share[name] for name in ("shareId", "sharedAt", "expiresAt")}
    times = {name: state.get(name) for name in ("openedAt", "withdrawnAt")}
    lines = list(share["lines"]) if "lines" in share else None
    seen = {name: reading.get(name) for name in SEEN} | {"to": share.get("to"), "lines": lines}
    # not in the contract, but the person must be told when somebody kept guessing
    told = {"url": link(gateway, share["shareId"]), "closedByWrongCodes": is_guessed(state)}
    return kept | times | seen | told
