"""A linear classifier that weighs sparse and dense features against each other before it learns."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, diags, hstack, spmatrix, vstack

from bot.sense.linear import rarity, softmax

Row = NDArray[np.float32]

HELD_OUT = 10  # every tenth sentence tells how sure the classifier may be
SHORTEST = 1e-6  # a row without numbers stays zeros
SHARPNESS = np.arange(1.0, 12.0, 0.5)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent):  # type: ignore[misc]  # rasa has no types
    """Linear support vector machine over TF-IDF rows of length one, embeddings and what waits.

    Rasa's own LogisticRegressionClassifier takes raw counts, which drown dense features, and needs minutes for
    this many sentences; figures in docs/understanding.md.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after the featurizers."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: how much the training sentences count against simplicity; `ranking_length`: intents that are told."""
        return {"C": 0.5, "ranking_length": 5}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Any:
        """Make a component that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Prepare."""
        self.config, self._storage, self._resource = config, storage, resource
        self.labels: list[str] = []
        self.idfs: list[Row] = []
        self.weights, self.bias, self.sharpness = np.zeros((0, 0), np.float32), np.zeros(0, np.float32), 1.0

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences and keep what was learned."""
        messages = [m for m in training_data.intent_examples if _blocks(m)]
        blocks = [_stack(column) for column in zip(*(_blocks(m) for m in messages), strict=True)]
        self.idfs = [_idf(block) for block in blocks if isinstance(block, spmatrix)]
        features = self._weighed(blocks)
        intents = np.array([message.get(INTENT) for message in messages])
        part = np.arange(len(intents)) % HELD_OUT
        half, tested = part % 2 == 1, part == 0  # half of the sentences tell as much about this as all would
        self._fit(features[half], intents[half])
        self.sharpness = self._sharpness(features[tested], intents[tested])
        self._fit(features, intents)
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message."""
        for message in messages:
            blocks = _blocks(message)
            if blocks and self.labels:
                ranking = self._ranking(self._scores(blocks))
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, scores: Row) -> list[dict[str, Any]]:
        likely = softmax(scores * self.sharpness)
        best = np.argsort(-likely)[: self.config["ranking_length"]]
        return [{"name": self.labels[one], "confidence": float(likely[one])} for one in best]

    def _scores(self, blocks: Sequence[Any]) -> Row:
        # For one message scipy's matrices take longer to make than to multiply, so its blocks are added one by one.
        idfs, scores, start = iter(self.idfs), self.bias.copy(), 0
        for block in blocks:
            weights = self.weights[start : (start := start + block.shape[-1])]
            if isinstance(block, spmatrix):
                scores += _weighed_row(block, next(idfs)) @ weights[block.indices]
            else:
                scores += np.ravel(block) @ weights
        return scores

    def _weighed(self, blocks: Sequence[Any]) -> csr_matrix:
        idfs = iter(self.idfs)
        return hstack([_tf_idf(b, next(idfs)) if isinstance(b, spmatrix) else csr_matrix(b) for b in blocks]).tocsr()

    def _fit(self, features: csr_matrix, intents: NDArray[np.str_]) -> None:
        from sklearn.svm import LinearSVC  # here, because only training needs it

        learned = LinearSVC(C=self.config["C"], random_state=0).fit(features, intents)
        self.labels = [str(label) for label in learned.classes_]
        self.weights = np.ascontiguousarray(learned.coef_.T, dtype=np.float32)
        self.bias = learned.intercept_.astype(np.float32)

    def _sharpness(self, features: csr_matrix, intents: NDArray[np.str_]) -> float:
        """What the scores are multiplied by so that 0.7 means right in seven of ten sentences not learned from."""
        scores = features @ self.weights + self.bias
        right = np.array([self.labels.index(intent) for intent in intents])
        chances = [softmax(scores * sharp)[np.arange(len(right)), right] for sharp in SHARPNESS]
        return float(SHARPNESS[int(np.argmax([np.log(chance).mean() for chance in chances]))])

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            kept = {f"idf{number}": idf for number, idf in enumerate(self.idfs)}
            np.savez(folder / "weights.npz", weights=self.weights, bias=self.bias, **kept)
            (folder / "labels.json").write_text(json.dumps({"labels": self.labels, "sharpness": self.sharpness}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Any:
        """Make a component that knows what was learned."""
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / "weights.npz", allow_pickle=False) as kept:
            told = json.loads((folder / "labels.json").read_text())
            made.labels, made.sharpness = told["labels"], told["sharpness"]
            made.weights, made.bias = kept["weights"], kept["bias"]
            made.idfs = [kept[f"idf{number}"] for number in range(len(kept.files) - 2)]
        return made


def _blocks(message: Message) -> list[Any]:
    """The sentence features of a message, one matrix for each featurizer, in the order of the pipeline."""
    return [one.features for one in message.features if one.attribute == TEXT and one.type == FEATURE_TYPE_SENTENCE]


def _stack(rows: Iterable[Any]) -> Any:
    made = list(rows)
    return vstack(made).tocsr() if isinstance(made[0], spmatrix) else np.vstack(made)


def _idf(counts: csr_matrix) -> Row:
    return rarity(np.asarray((counts > 0).sum(axis=0)).ravel(), counts.shape[0])


def _weighed_row(counts: csr_matrix, idf: Row) -> Row:
    """The numbers of one message's TF-IDF row of length one, in the order of its indices."""
    weighed: Row = (1 + np.log(counts.data)) * idf[counts.indices]
    return weighed / max(float(np.linalg.norm(weighed)), SHORTEST)


def _tf_idf(counts: spmatrix, idf: Row) -> csr_matrix:
    weighed = csr_matrix(counts, dtype=np.float32)
    weighed.data = (1 + np.log(weighed.data)) * idf[weighed.indices]
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return diags(1 / np.maximum(lengths, SHORTEST)) @ weighed
