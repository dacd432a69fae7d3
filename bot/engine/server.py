"""The engine's private server: one call a turn, over a socket that only the gateway can reach."""

import base64
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.core import choices
from bot.core.context import Context
from bot.core.errors import ConversationUnknown, DatabaseDown, LostRace, places
from bot.core.meaning import ANSWER
from bot.core.talk import Talk
from bot.engine.agent import TalkAgent, as_intent, ready
from bot.engine.turn import ActionFailed, Turn
from bot.store import unit_of_work
from bot.store.store import Store
from bot.store.unit_of_work import Content, UnitOfWork
from bot.store.values import Stored

# Not structlog: in this process Rasa owns it, and is silenced.
log = logging.getLogger(__name__)

STATUS = {LostRace: 409, ConversationUnknown: 410, DatabaseDown: 503, ActionFailed: 500}
# What the gateway puts in place of numbers (design, section 4); names are not told about, they only show as a mark.
MARKS = ("[bsn]", "[iban]", "[telefoon]", "[e-mail]", "[adres]", "[postcode]", "[geboortedatum]", "[wachtwoord]")
# For the look at one's own health: the encoder is the gateway's, and would take 120 MB here.
NO_MEANING = [0.0] * 384  # as long as `bot/sense/embedding.py` makes them
LARGEST = 16 * 1024 * 1024  # bytes; a record with many long answers, far above what one message may bring


class Engine:
    """Answers the gateway's calls with one agent."""

    def __init__(self, agent: TalkAgent, store: Store, content: Content, model_name: str) -> None:
        """Serve this agent.

        Args:
            model_name: the Dutch spaCy pipeline in use, shown by /health.
        """
        self.agent, self.store, self.content, self.model_name = agent, store, content, model_name

    def app(self) -> web.Application:
        """The server's application."""
        app = web.Application(client_max_size=LARGEST)
        app.add_routes([web.post("/turn", self.turn), web.get("/health", self.health)])
        return app

    async def turn(self, request: web.Request) -> web.Response:
        """Take a turn; trouble is told by status and by its name."""
        body = await request.json()
        try:
            return web.json_response({"state": await self.take(body)})
        except tuple(STATUS) as trouble:
            cause = trouble.__cause__ or trouble
            log.warning("turn_failed %s %s %s", type(trouble).__name__, type(cause).__name__, places(cause))
            return web.json_response({"error": type(trouble).__name__}, status=STATUS[type(trouble)])
        except Exception as trouble:  # noqa: BLE001  # logged by place: aiohttp would log the message too, with words in it
            log.error("turn_broken %s %s", type(trouble).__name__, places(trouble))
            return web.json_response({"error": "ActionFailed"}, status=500)

    async def health(self, request: web.Request) -> web.Response:
        """Really parse a sentence: a model that failed to load also answers, but with no intent."""
        parsed = await self.agent.understand("hallo", Context("start", vector=NO_MEANING))
        if not parsed["intent"]["name"]:
            return web.json_response({"status": "engine_down"}, status=503)
        return web.json_response({"status": "ok", "nlu": self.model_name})

    async def take(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Take one turn and give the state after it.

        Args:
            body: as the gateway sends it, see `bot/web/engine_turn.py`.

        Raises:
            LostRace, ConversationUnknown, DatabaseDown, ActionFailed: nothing was kept.
        """
        key = base64.b64decode(body["dataKey"])
        stored = Stored(body["conversationId"], body["version"], body["record"])
        channel = body.get("channel", "web")
        content = Content(self.content.questionnaire, self.content.texts.on(channel))
        unit = UnitOfWork(self.store, stored, key, content, datetime.now(UTC))
        unit_of_work.begin(unit)
        talk = Talk(stored.record["tracker"]["slots"])
        turn = _turn(body, unit)
        return await self.agent.take(turn, await self._parsed(body, turn, talk))

    async def _parsed(self, body: Mapping[str, Any], turn: Turn, talk: Talk) -> dict[str, Any]:
        offered = () if body.get("unseen") else _offered(turn.unit)
        choice = turn.choice or choices.written(turn.shown, offered)
        if choice is not None:
            parsed = ready(choice, turn.shown, self.agent.route, talk)
            if choice == "as_command":  # what waited was a command, which is carried out now
                turn.unit.record["tracker"]["slots"].pop("doubt", None)
            return parsed
        if body.get("answerAnyway"):  # the person said that these words are the answer
            parsed = as_intent(ANSWER, turn.shown)
        else:
            waiting = self.agent.route.waiting(talk)
            # while words wait for a yes, more words are more of them rather than a command
            awaiting = "open" if talk.kept_words() else waiting.awaiting
            moment = Context(awaiting, waiting.topic, body.get("vector"), body.get("parts", ()))
            parsed = await self.agent.understand(turn.shown, moment)
        told = {name: bool(body.get(name)) for name in ("health", "unseen")}
        return {**parsed, "names": body.get("names", []), **told}


def _turn(body: Mapping[str, Any], unit: UnitOfWork) -> Turn:
    text, choice = body.get("text"), body.get("choice")
    shown = text if text is not None else choices.label(choice or "", _offered(unit), unit.texts.labels())
    ids = body.get("messageId"), body.get("fingerprint")
    concern, worried, health = (bool(body.get(sign)) for sign in ("concern", "worried", "health"))
    return Turn(unit, text, choice, shown, *ids, concern, worried, health, _notes(body), body.get("channel", "web"))


def _offered(unit: UnitOfWork) -> Sequence[Mapping[str, str]]:
    offered: Sequence[Mapping[str, str]] = (unit.record.get("asked") or {}).get("choices", ())
    return offered


def _notes(body: Mapping[str, Any]) -> tuple[str, ...]:
    notes = {
        "utter_kept": body.get("answerAnyway"),
        "utter_masked": any(mark in (body.get("text") or "") for mark in MARKS),
        "utter_foreign": body.get("foreign") and "utter_foreign" not in body["record"].get("told", ()),
    }
    return tuple(key for key, is_said in notes.items() if is_said)
