"""Decides what a sentence is meant as, given what the bot waits for."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.core import context
from bot.core.meaning import Reading, decide, ranking_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class InContext(GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Takes the classifier's ranking and what waits, and settles on one intent; a doubt is noted as an entity."""

    @classmethod
    def create(
        cls, config: dict[str, Any], storage: ModelStorage, resource: Resource, execution: ExecutionContext
    ) -> Any:
        """Make the component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Settle the intent of each message."""
        for message in messages:
            reading = self._reading(message)
            message.set(INTENT, {"name": reading.intent, "confidence": reading.confidence}, add_to_output=True)
            if reading.doubt:
                entity = {"entity": "command", "value": reading.doubt, "start": 0, "end": 0}
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages

    def _reading(self, message: Message) -> Reading:
        ranking = ranking_of(message.get("intent_ranking", []))
        moment = context.current.get()
        return decide(message.get(TEXT) or "", ranking, moment.awaiting, moment.topic)
