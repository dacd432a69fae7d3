"""Invitations: made and taken back by staff; the card is in the answer, and stands at no address."""

import asyncio
from base64 import b64encode
from typing import Any

import aiohttp_jinja2
import segno
from aiohttp import web

from bot.core.invitation_texts import CardText, Texts, texts
from bot.paper.card import cards
from bot.store.invitations import Made
from bot.web import bodies, staff
from bot.web.gateway import Gateway
from bot.web.pages import FILES

CARD = "paper/card.html"
STYLE = "card.css"


async def create(request: web.Request) -> web.Response:
    """POST /v1/invitations: one card, with a letter and a message to go with it."""
    gateway = staff.check(request)
    invited = await asyncio.to_thread(bodies.invited, await bodies.read(request), gateway.now())
    made = gateway.store.invitations.make(invited)
    words = _words(gateway, made)
    html, pdf = _html(request, words.card), await asyncio.to_thread(cards, [words.card])
    await asyncio.to_thread(gateway.store.invitations.keep, [made])
    card = {"html": html, "pdf": b64encode(pdf).decode()}
    return web.json_response(_keys(made, words) | {"card": card}, status=201)


async def withdraw(request: web.Request) -> web.Response:
    """DELETE /v1/invitations/{invitationId}: the card begins no talk any more; one that it began goes on."""
    gateway = staff.check(request)
    await asyncio.to_thread(gateway.store.invitations.withdraw, request.match_info["invitationId"])
    return web.Response(status=204)


def _words(gateway: Gateway, made: Made) -> Texts:
    facts = gateway.content.facts(gateway.now())
    return texts(made.invited, made.token, gateway.settings.public_url, facts)


def _keys(made: Made, words: Texts) -> dict[str, Any]:
    own = {"invitationId": made.invitation_id, "token": made.token, "openingCode": made.opening_code}
    return own | {"url": words.card.url, "letter": words.letter, "whatsapp": words.message}


def _html(request: web.Request, card: CardText) -> str:
    template = aiohttp_jinja2.get_env(request.app).get_template(CARD)
    qr = segno.make(card.url, error="m", micro=False).svg_data_uri(border=0, encode_minimal=True)
    css = request.app[FILES].by_name[STYLE].plain.decode()
    return template.render(card=card, qr=qr, css=css)
