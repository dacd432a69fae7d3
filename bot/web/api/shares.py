"""Shares: made, listed, withdrawn by the person; opened by the contact person."""

import asyncio
from typing import Any

from aiohttp import web

from bot.core import briefing
from bot.core.errors import CodeWrong
from bot.store.unit_of_work import UnitOfWork
from bot.web import bodies
from bot.web.api.briefing import on_paper
from bot.web.api.edits import edit, edit_once, load
from bot.web.api.links import link, shared
from bot.web.gateway import GATEWAY, Gateway
from bot.web.guessed import is_guessed
from bot.web.limits import address_of
from bot.web.said import Said

SHARES = "POST /shares"  # what a messageId stands for here; no choice has this value


async def create(request: web.Request) -> web.Response:
    """POST …/shares: the call is itself the yes; with a messageId it is one yes, however often it comes."""
    message_id = bodies.message_id(await bodies.read(request)) if request.can_read_body else None
    share = await edit_once(request, Said(choice=SHARES, message_id=message_id), UnitOfWork.share)
    return web.json_response(shared(request.app[GATEWAY], share), status=201)


async def read(request: web.Request) -> web.Response:
    """GET …/shares: who can open what, and since when it is read or closed."""
    gateway, opened = request.app[GATEWAY], await load(request)
    mine = opened.record.get("shares", [])
    states = await asyncio.to_thread(gateway.store.share_states, [share["shareId"] for share in mine])
    return web.json_response({"shares": [_listed(gateway, share, states) for share in mine]})


async def withdraw(request: web.Request) -> web.Response:
    """DELETE …/shares/{shareId}: closed at once, and also when it was closed already."""
    share_id = request.match_info["shareId"]
    await edit(request, lambda unit: unit.withdraw(share_id))
    return web.Response(status=204)


async def open_page(request: web.Request) -> web.Response:
    """POST /v1/shares/{shareId}/open: the page, for who has link and code."""
    return web.json_response(await _opened(request))


async def open_on_paper(request: web.Request) -> web.Response:
    """POST /v1/shares/{shareId}/pdf: the same page as a PDF, for who has link and code."""
    opened, texts = await _opened(request), request.app[GATEWAY].content.texts
    return await on_paper(opened["briefing"], briefing.shared_on(opened["sharedAt"], texts), texts)


async def _opened(request: web.Request) -> dict[str, Any]:
    gateway = request.app[GATEWAY]
    code = bodies.share_code(await bodies.read(request))
    address = address_of(request, gateway.settings.trusted_proxies)
    share_id = request.match_info["shareId"]
    try:
        page = await asyncio.to_thread(gateway.store.open_share, share_id, code, gateway.now(), address)
    except CodeWrong:
        gateway.openings.strike(address)
        gateway.openings.check(address)
        raise
    return page if "briefing" in page else page | {"briefing": _of_old(gateway, page)}


def _of_old(gateway: Gateway, page: dict[str, Any]) -> dict[str, Any]:
    return briefing.of_old(page["sections"], gateway.content.questionnaire, gateway.content.texts)


def _listed(gateway: Gateway, share: dict[str, Any], states: dict[str, dict[str, Any]]) -> dict[str, Any]:
    state = states.get(share["shareId"], {})
    kept = {name: share[name] for name in ("shareId", "sharedAt", "expiresAt")}
    times = {name: state.get(name) for name in ("openedAt", "withdrawnAt")}
    # not in the contract, but the person must be told when somebody kept guessing
    return kept | times | {"url": link(gateway, share["shareId"]), "closedByWrongCodes": is_guessed(state)}
