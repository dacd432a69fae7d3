"""The page of the contact person before it is shared: the look ahead, and a copy for the person."""

import asyncio
from typing import Any

from aiohttp import web

from bot.core import briefing, summary
from bot.core.texts import Texts
from bot.paper.letters import Letters
from bot.paper.page import page
from bot.web.api.edits import load
from bot.web.gateway import GATEWAY
from bot.web.talks import Draft


async def read(request: web.Request) -> web.Response:
    """GET …/briefing: what the contact person would read now."""
    unit = Draft(request.app[GATEWAY], await load(request)).unit
    content = request.app[GATEWAY].content
    sections = summary.visible(unit.sections())
    return web.json_response(briefing.build(unit.record, sections, content.questionnaire, content.texts))


async def copy(request: web.Request) -> web.Response:
    """GET …/briefing.pdf: the same on paper, without what is covered: a file stays where others may find it."""
    unit = Draft(request.app[GATEWAY], await load(request)).unit
    content = request.app[GATEWAY].content
    sections = summary.visible(summary.uncovered(unit.sections()))
    made = briefing.build(unit.record, sections, content.questionnaire, content.texts)
    return await on_paper(made, "", content.texts)


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
