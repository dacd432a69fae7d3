"""Conversations: begun, talked in, read, taken up again and erased."""

import asyncio
from typing import Any

from aiohttp import web

from bot.core.errors import ConversationUnknown, NotInWhatsApp
from bot.store.unit_of_work import UnitOfWork
from bot.web import bodies, cards, looking_back, news, pending, phones, turn
from bot.web.api.edits import edit, load
from bot.web.api.links import with_link
from bot.web.auth import token_of
from bot.web.errors import ResumeCodeUnknown
from bot.web.gateway import GATEWAY, Gateway
from bot.web.limits import address_of
from bot.web.opening import by_token, open_talk, opened_new, owned
from bot.web.order import in_order
from bot.web.talks import WAITS, Draft, Opened, State, last_messages, shown


async def create(request: web.Request) -> web.Response:
    """POST /v1/conversations: begin one; the bot says welcome."""
    gateway = request.app[GATEWAY]
    body = await bodies.read(request)
    channel, card = bodies.channel(body), bodies.card(body)
    invitation = await asyncio.to_thread(gateway.store.invitations.open, card) if card else None
    created = await asyncio.to_thread(gateway.store.create, channel, invitation)
    opened = await opened_new(gateway, created)
    state = shown(opened.record, opened.messages)
    keys = {"conversationId": created.conversation_id, "token": created.token, "resumeCode": created.resume_code}
    return web.json_response(keys | state, status=201)


async def say(request: web.Request) -> web.Response:
    """POST /v1/conversations/{conversationId}/messages: one turn."""
    gateway, conversation_id, token = _asked(request)
    said = bodies.said(await bodies.read(request))
    state = await turn.take(gateway, conversation_id, by_token(gateway, conversation_id, token), said)
    return web.json_response(with_link(gateway, state))


async def read(request: web.Request) -> web.Response:
    """GET /v1/conversations/{conversationId}: the state; turns that were kept are delivered first."""
    gateway, conversation_id, token = _asked(request)

    async def work() -> State:
        opened = await pending.deliver(gateway, await open_talk(gateway, conversation_id, token))
        opened, since = await news.tell(gateway, opened)
        opened, _ = await looking_back.ask(gateway, opened)
        state = shown(opened.record, await last_messages(gateway, opened))
        return {**state, "news": [message["id"] for message in since]} if since else state

    return web.json_response(await in_order(gateway, conversation_id, work))


async def resume(request: web.Request) -> web.Response:
    """POST /v1/conversations/resume: go on on another phone; only what waits is shown, not the talk before it."""
    gateway = request.app[GATEWAY]
    code, link = bodies.resume(await bodies.read(request))
    resumed = await _resumed(gateway, address_of(request, gateway.settings.trusted_proxies), code, link)
    conversation_id, token = resumed.conversation_id, resumed.token

    async def work() -> State:
        opened = await pending.deliver(gateway, await open_talk(gateway, conversation_id, token))
        opened, _ = await looking_back.ask(gateway, opened)
        state = shown(opened.record, await _waiting(gateway, opened))
        return state if link is None else {**state, **await _kept_for_page(gateway, opened)}

    state = await in_order(gateway, conversation_id, work)
    return web.json_response({"conversationId": conversation_id, "token": token} | with_link(gateway, state))


async def change(request: web.Request) -> web.Response:
    """PATCH /v1/conversations/{conversationId}: the day of the meeting, its card, or the channel to go on in."""
    token_of(request)  # who has none is told so first, whatever the body
    body = await bodies.read(request)
    if card := bodies.card(body):
        return web.json_response(await edit(request, cards.joining(request, card)))
    if bodies.goes_on(body):
        return await _go_on(request)
    day = bodies.meeting(body)

    def meet(unit: UnitOfWork) -> State:
        unit.meet_on(day)
        return shown(unit.record, [])

    return web.json_response(await edit(request, meet))


async def erase(request: web.Request) -> web.Response:
    """DELETE /v1/conversations/{conversationId}: nothing is left, and no engine is needed for it."""
    gateway, conversation_id, token = _asked(request)

    async def work() -> None:
        # the token alone: an erasing that was cut short has destroyed the key already
        await asyncio.to_thread(owned, gateway, conversation_id, token, gateway.store.owns)
        await asyncio.to_thread(gateway.store.erase, conversation_id)
        await gateway.peers.forget(conversation_id)

    await in_order(gateway, conversation_id, work)
    return web.Response(status=204)


async def _go_on(request: web.Request) -> web.Response:
    """Ask what waits in WhatsApp; a talk without a phone there gets a code that the person sends from it."""
    opened, gateway = await load(request), request.app[GATEWAY]
    if phones.GO_ON not in request.app:
        raise NotInWhatsApp
    state = shown(opened.record, [])
    phone = await asyncio.to_thread(gateway.store.phones.of, opened.id)
    if phone is None:
        return web.json_response({**state, "moveCode": await phones.move_code(gateway, opened)})
    await request.app[phones.GO_ON](phone)
    return web.json_response(state)


def _asked(request: web.Request) -> tuple[Gateway, str, str]:
    return request.app[GATEWAY], request.match_info["conversationId"], token_of(request)


async def _resumed(gateway: Gateway, address: str, code: str | None, link: str | None) -> Any:
    if link is not None:  # 256 random bits: nobody guesses one
        return await asyncio.to_thread(gateway.store.resume_by_link, link)
    gateway.resumes.strike(address)
    try:
        resumed = await asyncio.to_thread(gateway.store.resume, code or "")
    except ConversationUnknown:
        # only now: who shares an address with a guesser gets in with the right code, and sixteen digits bear guessing
        gateway.resumes.check(address)
        raise ResumeCodeUnknown from None
    gateway.resumes.forgive(address)
    return resumed


async def _kept_for_page(gateway: Gateway, opened: Opened) -> dict[str, Any]:
    """What a channel of others does not show: the own code, and once the link and code of what was shared there."""
    code = {"resumeCode": opened.record["resumeCode"]}
    if not opened.record.get("shareToShow"):
        return code
    draft = Draft(gateway, opened)
    share = draft.record.pop("shareToShow")
    await draft.commit()
    return {**code, "share": share}


async def _waiting(gateway: Gateway, opened: Opened) -> list[dict[str, Any]]:
    if (opened.help or {}).get("stage") in (*WAITS, "concern"):
        return (await last_messages(gateway, opened))[-1:]
    asked = opened.record.get("asked")
    return [asked] if asked else []
