"""The page of the contact person before it is shared: the look ahead, and a copy for the person."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.core import briefing, summary
from bot.core.texts import Texts
from bot.paper.letters import Letters
from bot.paper.page import page
from bot.web.api.edits import load
from bot.web.gateway import GATEWAY
from bot.web.talks import Draft

Sections = list[dict[str, Any]]


async def read(request: web.Request) -> web.Response:
    """GET …/briefing: what the contact person would read now."""
    return web.json_response(await _made(request, summary.visible))


async def copy(request: web.Request) -> web.Response:
    """GET …/briefing.pdf: the same on paper, without what is covered: a file stays where others may find it."""
    made = await _made(request, lambda sections: summary.visible(summary.uncovered(sections)))
    return await on_paper(made, "", request.app[GATEWAY].content.texts)


async def _made(request: web.Request, shown: Callable[[Sections], Sections]) -> dict[str, Any]:
    unit, content = Draft(request.app[GATEWAY], await load(request)).unit, request.app[GATEWAY].content
    return briefing.build(unit.record, shown(unit.sections()), content.questionnaire, content.texts)


async def on_paper(made: dict[str, Any], shared: str, texts: Texts) -> web.Response:
    """A page as a PDF file.

    Args:
        made: as `briefing.build` gives it.
        shared: when it was shared, as a sentence.
    """
    letters = Letters(texts.raw("utter_page").lines["letters"], texts.get("utter_page_letters").text)
    body = await asyncio.to_thread(page, made, shared, letters)  # some tenths of a second
    headers = {"Content-Disposition": 'attachment; filename="pagina.pdf"'}
    return web.Response(body=body, content_type="application/pdf", headers=headers)
