"""The person's page: every line can be read, changed, hidden and taken off."""

from typing import Any

from aiohttp import web

from bot.sense.facts import mentions_fact
from bot.sense.sensing import Sensed
from bot.store.unit_of_work import UnitOfWork
from bot.web import bodies, urgent
from bot.web.api.edits import edit, load
from bot.web.errors import TopicUnknown
from bot.web.gateway import GATEWAY, Gateway
from bot.web.talks import Draft

Section = dict[str, Any]


async def read(request: web.Request) -> web.Response:
    """GET …/summary: all lines, the hidden ones too."""
    unit = Draft(request.app[GATEWAY], await load(request)).unit
    return web.json_response({"sections": _sections(unit)})


async def share_topic(request: web.Request) -> web.Response:
    """PATCH …/summary/topics/{topic}: may these lines go along."""
    gateway, topic = request.app[GATEWAY], request.match_info["topic"]
    shared = bodies.shared(await bodies.read(request))
    if topic not in gateway.content.questionnaire.by_id:
        raise TopicUnknown

    def change(unit: UnitOfWork) -> Section:
        unit.share_topic(topic, shared)
        return _section(gateway, unit, topic)

    return web.json_response(await edit(request, change))


async def change_line(request: web.Request) -> web.Response:
    """PATCH …/summary/lines/{lineId}: other words, hidden or shown, with the names that were said."""
    gateway, line_id = request.app[GATEWAY], request.match_info["lineId"]
    changes = bodies.line(await bodies.read(request))
    sensed = await gateway.sensed(changes["text"]) if "text" in changes else None

    def change(unit: UnitOfWork) -> Section:
        unit.edit_line(line_id, changes | ({"text": sensed.masked} if sensed else {}))
        if sensed and sensed.health:  # saved under a text that says so: see `utter_line_health`
            unit.allow_health(line_id)
        return _line(unit, line_id)

    work = edit(request, change)
    line = await (urgent.answer(gateway, sensed, work) if sensed and sensed.signals else work)
    return web.json_response(line | _help(gateway, sensed))


async def remove_line(request: web.Request) -> web.Response:
    """DELETE …/summary/lines/{lineId}: off the page until its answer changes."""
    await edit(request, lambda unit: unit.remove_line(request.match_info["lineId"]))
    return web.Response(status=204)


def _sections(unit: UnitOfWork) -> list[Section]:
    """The page, with a mark also at words of one's own on a fact that the municipality may use."""
    return [{**section, "lines": [_marked(line) for line in section["lines"]]} for section in unit.sections()]


def _marked(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "marked": line["marked"] or (line["ownWords"] and mentions_fact(line["text"]))}


def _section(gateway: Gateway, unit: UnitOfWork, topic: str) -> Section:
    title = _title(gateway, topic)
    empty = {"topic": topic, "title": title, "lines": []}
    return next((section for section in _sections(unit) if section["topic"] == topic), empty)


def _title(gateway: Gateway, topic: str) -> str:
    """The heading of a topic."""
    return gateway.content.texts.get(gateway.content.questionnaire.by_id[topic].title).text


def _line(unit: UnitOfWork, line_id: str) -> Section:
    lines: list[Section] = [line for section in _sections(unit) for line in section["lines"]]
    return next(line for line in lines if line["lineId"] == line_id)


def _help(gateway: Gateway, sensed: Sensed | None) -> dict[str, Any]:
    # a cry can be typed anywhere; here it stays a line of the page, and the help comes beside it
    if sensed is None or not sensed.signals:
        return {}
    return {"help": gateway.content.help_texts(sensed.signals, gateway.now())}
