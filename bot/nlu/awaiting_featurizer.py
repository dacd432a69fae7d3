"""What waits for an answer, as a feature: the same words mean another thing at another moment."""

import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core import context
from bot.nlu.rows import SentenceRows

AWAITING = (None, "start", "open", "choice", "summary", "share", "shared", "paused", "end")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class AwaitingFeaturizer(SentenceRows, DenseFeaturizer, GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Adds one number for each thing that may wait: in training from the examples' metadata, else from the turn."""

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
        self.add_row(message, row)
