"""What waits for an answer, as a feature: the same words mean another thing at another moment."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core import context

AWAITING = (None, "start", "open", "choice", "summary", "share", "shared", "paused", "end")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class AwaitingFeaturizer(DenseFeaturizer, GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Adds one number for each thing that may wait: in training from the examples' metadata, else from the turn."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after the tokenizer, as featurizers do."""
        return [Tokenizer]

    @classmethod
    def create(
        cls, config: dict[str, Any], storage: ModelStorage, resource: Resource, execution: ExecutionContext
    ) -> Any:
        """Make the component."""
        return cls(execution.node_name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to configure."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize the training sentences by `metadata: {awaiting: …}` of their intent in `data/nlu`."""
        for message in training_data.training_examples:
            metadata = message.get("metadata") or {}
            self._add(message, (metadata.get("intent") or {}).get("awaiting"))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurize messages by what waits in this turn."""
        for message in messages:
            self._add(message, context.current.get().awaiting)
        return messages

    def _add(self, message: Message, awaiting: str | None) -> None:
        if message.get(TEXT) is None:
            return
        row = np.zeros((1, len(AWAITING)), dtype=np.float32)
        row[0, AWAITING.index(awaiting)] = 1.0
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
