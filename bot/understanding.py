"""`voorgesprek understand`: what the bot would make of sentences, without storing anything."""

import asyncio
import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.context import Context
from bot.core.route import Route
from bot.engine.agent import MODEL, TalkAgent
from bot.sense.masking import show
from bot.sense.sensing import Sense
from bot.sense.themes import themes
from bot.settings import Settings
from bot.web.said import Said

AWAITING = {None, "start", "open", "choice", "summary", "share", "shared", "paused", "end"}


class LineWrong(ValueError):
    """A line is not `{"text", "awaiting", "topic"}`; the message says what is wrong."""


def understand_lines(lines: Iterable[str], put: Callable[[str], None]) -> None:
    """Answer each JSON line with one JSON line, in order.

    Args:
        lines: `{"text", "awaiting", "topic"}`, the last two optional.
        put: writes one line and flushes it.

    Raises:
        ModelMissing: there is no trained model.
    """
    agent = TalkAgent.load(MODEL, Route(questionnaire.load()), dict)
    sense = Sense(public=helplines.load(Settings.from_env(os.environ).municipality_file).public_numbers)
    for line in lines:
        put(json.dumps(_answer(line, agent, sense), ensure_ascii=False))


def _answer(line: str, agent: TalkAgent, sense: Sense) -> dict[str, Any]:
    try:
        asked = _parse(line)
    except LineWrong as wrong:
        return {"error": str(wrong)}
    return asyncio.run(_understand(asked, agent, sense))


async def _understand(asked: dict[str, Any], agent: TalkAgent, sense: Sense) -> dict[str, Any]:
    words = Said(asked["text"]).words  # as the gateway reads them, without signs that nobody can see
    sensed = sense.sense(words)
    moment = Context(asked.get("awaiting"), asked.get("topic"), sensed.vector, sensed.parts)
    parsed = await agent.understand(sensed.masked, moment)
    return {
        "intent": parsed["intent"]["name"],
        "confidence": round(float(parsed["intent"]["confidence"]), 4),
        "signals": sensed.signals,
        "concern": sensed.concern,
        "themes": themes(words, sensed.vector),
        "masked": show(sensed.masked, sensed.names),
    }


def _parse(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        raise LineWrong(f"not JSON: {error.msg}") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise LineWrong('each line needs a "text" that is a string')
    if asked.get("awaiting") not in AWAITING:
        raise LineWrong(f'"awaiting" is one of {sorted(filter(None, AWAITING))} or null')
    if not isinstance(asked.get("topic"), str | None):
        raise LineWrong('"topic" is a string or null')
    return asked
