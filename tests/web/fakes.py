"""Stand-ins for the parts beside the gateway: an engine that keeps the contract, and a sense that knows a few words."""

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import numpy as np

from bot.core import concern
from bot.core import state as shown
from bot.core.answering import Answering
from bot.core.choices import understand
from bot.core.errors import EngineDown
from bot.core.talk import Talk
from bot.core.turns import Outcome, Said
from bot.sense.sensing import Sensed
from bot.store.store import Store
from bot.store.unit_of_work import UnitOfWork
from bot.store.values import Reply, Stored
from bot.web.content import Content

SIGNALS = {"ik wil dood": "suicide", "vannacht op straat": "homeless_tonight", "hij slaat mij": "violence"}


class FakeSense:
    """Finds a cry in fixed words, a doubtful one in `zwaar`, nine digits, and one name."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def sense(self, text: str) -> Sensed:
        self.heard.append(text)
        signals = [signal for words, signal in SIGNALS.items() if words in text.lower()]
        masked = re.sub(r"\b\d{9}\b", "[bsn]", text)
        names = [match.span() for match in re.finditer("Karin", masked)]
        concern = "zwaar" in text and not signals
        told = "depressie" in text, "foreign" in text
        return Sensed(masked, names, signals, concern, *told, np.zeros(4, dtype=np.float32))

    def warm_up(self) -> None:
        """Nothing to load."""


class FakeEngine:
    """Takes turns as the engine does, without Rasa: buttons and own words answer the question that waits."""

    def __init__(self, store: Store, content: Content, clock: Callable[[], datetime]) -> None:
        self.store, self.content, self.clock = store, content, clock
        self.turns: list[dict[str, Any]] = []
        self.trouble: list[Exception] = []
        self.is_down = False
        self.cuts_after_commit = 0

    async def turn(self, turn: Mapping[str, Any]) -> dict[str, Any]:
        if self.is_down:
            raise EngineDown
        if self.trouble:
            raise self.trouble.pop(0)
        self.turns.append(dict(turn))
        return self._take(turn)

    async def health(self) -> dict[str, Any]:
        if self.is_down:
            raise EngineDown
        return {"status": "ok", "nlu": "blank"}

    async def close(self) -> None:
        """Nothing is open."""

    def _take(self, turn: Mapping[str, Any]) -> dict[str, Any]:
        stored = Stored(turn["conversationId"], turn["version"], turn["record"])
        now = self.clock()
        content = self.content.at(now, turn["channel"])
        unit = UnitOfWork(self.store, stored, base64.b64decode(turn["dataKey"]), content, now)
        state = self._answer(unit, turn)
        reply = Reply(turn["messageId"], turn["fingerprint"], state) if turn["messageId"] else None
        unit.commit(reply)
        return {**state, "held": unit.held} if unit.held else state

    def _answer(self, unit: UnitOfWork, turn: Mapping[str, Any]) -> dict[str, Any]:
        outcome = self._outcome(Talk(unit.record["tracker"]["slots"]), turn)
        unit.keep_slots({**unit.record["tracker"]["slots"], **outcome.slots})
        if unit.has_consent and not unit.record["tracker"]["slots"].get("health_words"):
            unit.say(turn["text"] or turn["choice"], sender="person")
        unit.effects.extend(outcome.effects)
        if "erase" in outcome.effects:
            return shown.erased(unit.farewell())
        unit.count() if "count" in outcome.effects else None
        share = {"share": unit.share()} if "share" in outcome.effects else {}
        return {**shown.state(unit.record, self._say(unit, outcome, turn)), **share}

    def _outcome(self, talk: Talk, turn: Mapping[str, Any]) -> Outcome:
        if turn["choice"] == "start":
            return Outcome({}, ("utter_welcome",))
        waiting = self.content.route.waiting(talk)
        if turn["choice"] is not None and understand(turn["choice"], waiting, talk).intent != "answer":
            return Outcome({"erasing": True} if turn["choice"] == "erase" else {})
        said = Said(turn["text"] or "", value=turn["choice"], health=turn["health"], unseen=turn["unseen"])
        return Answering(self.content.route, self.content.texts).answer(said, waiting, talk)

    def _say(self, unit: UnitOfWork, outcome: Outcome, turn: Mapping[str, Any]) -> list[dict[str, Any]]:
        talk = Talk(unit.record["tracker"]["slots"])
        waiting = self.content.route.waiting(talk)
        unit.record["question"] = shown.question(waiting, talk)
        unit.record["progress"] = self.content.route.progress(talk)
        said = [self._text(unit, key) for key in outcome.says if key in unit.texts]
        asked = unit.texts.raw("utter_ask_" + waiting.id)
        unit.record["asked"] = unit.message(asked.text, "question", asked.choices)
        if not turn["concern"]:
            return [*said, unit.add(unit.record["asked"])]
        concern.ask(unit.record)
        return [*said, self._text(unit, "utter_ask_concern")]

    def _text(self, unit: UnitOfWork, key: str) -> dict[str, Any]:
        text = unit.texts.raw(key)
        return unit.say(text.text, text.kind, text.choices)
