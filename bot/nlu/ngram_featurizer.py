"""A sentence's letters and words as two sparse features, the same n-grams that the safety net reads."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.sense.ngrams import LETTERS, SIZE, ngrams


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Counts n-grams of the whole sentence; Rasa's CountVectorsFeaturizer also counts those of each token, unused."""

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
        """Featurize the training sentences."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurize messages; a message without letters gets empty rows of the same size."""
        for message in messages:
            if message.get(TEXT) is not None:
                counts = _counts(message.get(TEXT))
                self._add(message, counts[:, :LETTERS], "letters")
                self._add(message, counts[:, LETTERS:], "words")
        return messages

    def _add(self, message: Message, row: csr_matrix, part: str) -> None:
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, f"{self._identifier}_{part}"))


def _counts(text: str) -> csr_matrix:
    places, times = ngrams(text)
    return csr_matrix((times, places, [0, len(places)]), shape=(1, SIZE), dtype=np.float32)
