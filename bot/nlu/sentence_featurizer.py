"""The sentence's meaning as one dense feature."""

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
from bot.sense.embedding import Embedder
from bot.sense.vectors import Vectors


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Adds the sentence embedding; the gateway's vector is used when there is one."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after the tokenizer, as featurizers do."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`scale`: the vector's length beside n-gram rows of length one."""
        return {**DenseFeaturizer.get_default_config(), "scale": 1.5}

    @classmethod
    def create(
        cls, config: dict[str, Any], storage: ModelStorage, resource: Resource, execution: ExecutionContext
    ) -> Any:
        """Make the component with this configuration."""
        return cls(config, execution.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Every number is a valid scale."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
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
        row = np.asarray(vector, dtype=np.float32).reshape(1, -1) * self.scale
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    def _vector(self, text: str) -> Any:
        given = context.current.get().vector
        return self.embedder.vector(text) if given is None else given
