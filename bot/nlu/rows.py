"""What our featurizers share: each adds rows of numbers for a whole sentence, and reads nothing but its text."""

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message


class SentenceRows:
    """The part of a Rasa featurizer that is the same for all of ours; stands before Rasa's own class."""

    _identifier: str

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        """Let Rasa's featurizer begin: the next class in line."""
        super().__init__(name, config)  # type: ignore[call-arg]

    @classmethod
    def required_components(cls) -> list[type]:
        """Comes after the tokenizer, as featurizers do."""
        return [Tokenizer]

    @classmethod
    def create(
        cls, config: dict[str, Any], storage: ModelStorage, resource: Resource, execution: ExecutionContext
    ) -> Any:
        """Make the component with this configuration."""
        return cls(execution.node_name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing in the configuration can be wrong."""

    def add_row(self, message: Message, row: Any, part: str = "") -> None:
        """Add one row of shape (1, n), dense or sparse, to a message; `part` tells a component's rows apart."""
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, f"{self._identifier}{part}"))
