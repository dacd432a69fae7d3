"""Conversations: begun, talked in, read, taken up again and erased."""

import asyncio
from typing import Any

from aiohttp import web

from bot.core.errors import ConversationUnknown, EngineDown
from bot.core.state import opening
from bot.store.values import Created
from bot.web import bodies, engine_turn, guessed, pending, turn
from bot.web.api.links import with_link
from bot.web.auth import token_of
from bot.web.engine_turn import Call, Entry
from bot.web.errors import LinkUnknown, ResumeCodeUnknown
from bot.web.gateway import GATEWAY, Gateway
from bot.web.limits import address_of
from bot.web.order import in_order
from bot.web.talks import WAITS, Draft, Opened, State, last_messages, open_talk, shown, unlock


async def create(request: web.Request) -> web.Response:
    """POST /v1/conversations: begin one; the bot says welcome."""
    gateway = request.app[GATEWAY]
    channel = bodies.channel(await bodies.read(request))
    created = await asyncio.to_thread(gateway.store.create, channel)
    state = await _welcome(gateway, created)
    keys = {"conversationId": created.conversation_id, "token": created.token, "resumeCode": created.resume_code}
    return web.json_response(keys | state, status=201)


async def say(request: web.Request) -> web.Response:
    """POST /v1/conversations/{conversationId}/messages: one turn."""
    gateway, conversation_id, token = _asked(request)
    said = bodies.said(await bodies.read(request))
    state = await turn.take(gateway, conversation_id, token, said)
    return web.json_response(with_link(gateway, state))


async def read(request: web.Request) -> web.Response:
    """GET /v1/conversations/{conversationId}: the state; turns that were kept are delivered first."""
    gateway, conversation_id, token = _asked(request)

    async def work() -> State:
        opened = await pending.deliver(gateway, await open_talk(gateway, conversation_id, token))
        opened, _ = await guessed.tell(gateway, opened)
        return shown(opened.record, await last_messages(gateway, opened))

    return web.json_response(await in_order(gateway, conversation_id, work))


async def resume(request: web.Request) -> web.Response:
    """POST /v1/conversations/resume: go on on another phone; only what waits is shown, not the talk before it."""
    gateway = request.app[GATEWAY]
    code, link = bodies.resume(await bodies.read(request))
    resumed = await _resumed(gateway, address_of(request, gateway.settings.trusted_proxies), code, link)
    conversation_id, token = resumed.conversation_id, resumed.token

    async def work() -> State:
        opened = await pending.deliver(gateway, await open_talk(gateway, conversation_id, token))
        return shown(opened.record, await _waiting(gateway, opened))

    state = await in_order(gateway, conversation_id, work)
    return web.json_response({"conversationId": conversation_id, "token": token} | state)


async def erase(request: web.Request) -> web.Response:
    """DELETE /v1/conversations/{conversationId}: nothing is left, and no engine is needed for it."""
    gateway, conversation_id, token = _asked(request)

    async def work() -> None:
        await asyncio.to_thread(unlock, gateway, conversation_id, token)
        await asyncio.to_thread(gateway.store.erase, conversation_id)

    await in_order(gateway, conversation_id, work)
    return web.Response(status=204)


def _asked(request: web.Request) -> tuple[Gateway, str, str]:
    return request.app[GATEWAY], request.match_info["conversationId"], token_of(request)


async def _welcome(gateway: Gateway, created: Created) -> State:
    stored = await asyncio.to_thread(gateway.store.load, created.conversation_id, created.data_key)
    opened = Opened(stored, created.data_key).having(**opening(gateway.content.route))
    try:
        return await engine_turn.take(gateway, opened, Call(Entry(choice="start")))
    except EngineDown:
        return await _welcome_without_engine(gateway, opened)


async def _welcome_without_engine(gateway: Gateway, opened: Opened) -> State:
    draft = Draft(gateway, opened)
    draft.bot("utter_welcome")
    draft.bot("utter_ask_consent")
    draft.record["asked"] = draft.unit.messages[-1]
    await draft.commit()
    return draft.state()


async def _resumed(gateway: Gateway, address: str, code: str | None, link: str | None) -> Any:
    gateway.resumes.check(address)
    gateway.resumes.strike(address)
    if code is None:
        raise LinkUnknown  # links are made for WhatsApp only, which is not there yet
    try:
        resumed = await asyncio.to_thread(gateway.store.resume, code)
    except ConversationUnknown:
        raise ResumeCodeUnknown from None
    gateway.resumes.forgive(address)
    return resumed


async def _waiting(gateway: Gateway, opened: Opened) -> list[dict[str, Any]]:
    if (opened.help or {}).get("stage") in (*WAITS, "concern"):
        return (await last_messages(gateway, opened))[-1:]
    asked = opened.record.get("asked")
    return [asked] if asked else []
