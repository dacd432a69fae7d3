"""Loads the trained agent and takes turns with it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.utils.log_utils import configure_structlog

from bot.core import choices, context
from bot.core.double import double
from bot.core.errors import VoorgesprekError
from bot.core.meaning import ANSWER, looks_like_code, ranking_of
from bot.core.route import Route
from bot.core.talk import Talk
from bot.engine import shortcuts
from bot.engine import turn as turns
from bot.engine.channel import CHANNELS
from bot.engine.inprocess import InProcessActions, executor
from bot.engine.tracker_store import TurnTrackerStore

MODEL = Path(__file__).parent.parent.parent / "models" / "voorgesprek.tar.gz"  # as `make train` writes it
Facts = Mapping[str, str | None]


class ModelMissing(VoorgesprekError):
    """There is no trained model that parses a sentence: `make train` makes one."""


class TalkAgent:
    """The trained agent: it understands words and takes turns."""

    def __init__(self, agent: Agent, route: Route) -> None:
        """Take over a loaded agent."""
        self.agent, self.route = agent, route

    @classmethod
    def load(cls, model: Path, route: Route, facts: Callable[[], Facts]) -> "TalkAgent":
        """Load the model and put our own tracker store into it.

        Rasa wraps every tracker store in one that falls back to memory; ours goes in unwrapped, after loading.

        Args:
            model: the model file, or a folder of which the newest is taken.
            facts: gives the values of the texts' placeholders at this moment.

        Raises:
            ModelMissing: there is no model.
        """
        if not model.exists():
            raise ModelMissing(f"there is no {model}; `make train` makes it")
        silence_rasa()
        shortcuts.take()
        memory = InMemoryTrackerStore(Domain.empty())
        actions = InProcessActions(executor())
        agent = Agent.load(model, tracker_store=memory, lock_store=InMemoryLockStore(), action_endpoint=actions)
        if not agent.is_ready():
            raise ModelMissing(f"{model} cannot be used; `make train` makes a new one")
        shortcuts.forget_idle_mappings(agent.domain)
        store = TurnTrackerStore(agent.domain, route, facts)
        agent.tracker_store = agent.processor.tracker_store = store
        return cls(agent, route)

    async def understand(self, text: str, moment: context.Context) -> dict[str, Any]:
        """Rasa's parse of the words: intent with confidence, entities; `also`, a question beside the command.

        Args:
            moment: what waits, and the sentence's embedding when it is known already.
        """
        if looks_like_code(text):  # Rasa would read "/restart" as a ready-made intent
            return as_intent(ANSWER, text)
        parts = [await self._parse(part, replace(moment, vector=vector)) for part, vector in moment.parts]
        both = double(ranking_of(part.get("intent_ranking", ())) for part in parts)
        return {**as_intent(both[0], text), "also": both[1]} if both else await self._parse(text, moment)

    async def _parse(self, text: str, moment: context.Context) -> dict[str, Any]:
        token = context.current.set(moment)
        try:
            parsed: dict[str, Any] = await self.agent.processor.parse_message(UserMessage(text or "."))
        finally:
            context.current.reset(token)
        return {**parsed, "text": text}

    async def take(self, turn: turns.Turn, parsed: Mapping[str, Any]) -> dict[str, Any]:
        """Take one turn and commit it.

        Args:
            parsed: `understand`'s result for words, `ready` for a choice.

        Returns:
            The state after the turn.

        Raises:
            ActionFailed, LostRace, ConversationUnknown, DatabaseDown: nothing was kept.
        """
        token = turns.current.set(turn)
        metadata = {name: parsed.get(name) for name in ("names", "health", "also", "unseen")}
        channel = CHANNELS[turn.channel]()
        message = UserMessage(turn.shown or ".", channel, "turn", dict(parsed), "voorgesprek", metadata=metadata)
        try:
            await self.agent.processor.handle_message(message)
        finally:
            turns.current.reset(token)
        if turn.state is None:
            raise turns.ActionFailed
        return turn.state


def silence_rasa() -> None:
    """Let Rasa log nothing: its events carry slots and what people type, down to its error level.

    What goes wrong in a turn is told by our own server, by name.
    """
    configure_structlog(logging.CRITICAL)
    for name in ("rasa", "rasa_sdk", "matplotlib"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def as_intent(intent: str, text: str, value: str | None = None) -> dict[str, Any]:
    """Parse data for what needs no understanding.

    Args:
        text: the words, or the label of the tapped button.
        value: the value of the tapped button.
    """
    entities = [{"entity": "value", "value": value}] if value is not None else []
    return {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": entities}


def ready(choice: str, label: str, route: Route, talk: Talk) -> dict[str, Any]:
    """A tapped choice as ready parse data: it needs no understanding."""
    understood = choices.understand(choice, route.waiting(talk), talk)
    return as_intent(understood.intent, label, understood.value)
