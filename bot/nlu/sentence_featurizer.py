"""The sentence's meaning as one dense feature."""

from typing import Any

import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core import context
from bot.nlu.rows import SentenceRows
from bot.sense.embedding import Embedder
from bot.sense.vectors import Vectors


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(SentenceRows, DenseFeaturizer, GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Adds the sentence embedding; the gateway's vector is used when there is one."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`scale`: the vector's length beside n-gram rows of length one."""
        return {**DenseFeaturizer.get_default_config(), "scale": 1.5}

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        """Prepare; the embedding model loads at first use."""
        super().__init__(name, config)
        self.scale, self.embedder = float(config["scale"]), Embedder()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize the training sentences, with the vectors that were computed before."""
        messages = [message for message in training_data.training_examples if message.get(TEXT) is not None]
        for message, vector in zip(messages, Vectors.load().of([one.get(TEXT) for one in messages]), strict=True):
            self._add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurize messages; every message gets a vector of the same size."""
        for message in messages:
            text = message.get(TEXT)
            if text is not None:
                self._add(message, self._vector(text))
        return messages

    def _add(self, message: Message, vector: Any) -> None:
        self.add_row(message, np.asarray(vector, dtype=np.float32).reshape(1, -1) * self.scale)

    def _vector(self, text: str) -> Any:
        given = context.current.get().vector
        return self.embedder.vector(text) if given is None else given
