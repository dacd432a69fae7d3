"""A sentence's letters and words as two sparse features, the same n-grams that the safety net reads."""

import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu.rows import SentenceRows
from bot.sense.ngrams import LETTERS, SIZE, ngrams


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NgramFeaturizer(SentenceRows, SparseFeaturizer, GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Counts n-grams of the whole sentence; Rasa's CountVectorsFeaturizer also counts those of each token, unused."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize the training sentences."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurize messages; a message without letters gets empty rows of the same size."""
        for message in messages:
            if message.get(TEXT) is not None:
                counts = _counts(message.get(TEXT))
                self.add_row(message, counts[:, :LETTERS], "_letters")
                self.add_row(message, counts[:, LETTERS:], "_words")
        return messages


def _counts(text: str) -> csr_matrix:
    places, times = ngrams(text)
    return csr_matrix((times, places, [0, len(places)]), shape=(1, SIZE), dtype=np.float32)
