"""Dutch tokens and lemmas from spaCy, with `nl_core_news_sm` or the blank pipeline that set-up chose."""

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import pipeline


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):  # type: ignore[misc]  # rasa has no types
    """Splits a message into spaCy's tokens; the lemma stands beside each, where lemmas are on."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model`: the folder with the spaCy pipeline, relative to where the bot runs.

        `training_examples`: whether the training sentences get tokens too. None of our components learns from tokens,
        and Rasa takes a fingerprint of each after every component; put it on beside one that does, such as DIET.
        `lemmas`: whether a token's lemma is looked up; none of our components reads it, and the table takes 80 MB.
        """
        rasas = {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}
        return {**rasas, "model": "var/nl", "training_examples": True, "lemmas": True}

    @staticmethod
    def required_packages() -> list[str]:
        """Distributions whose version is part of the model's fingerprint."""
        return ["spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Another spaCy pipeline is another tokenizer."""
        return pipeline.name(Path(config.get("model", "var/nl")))

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the pipeline."""
        super().__init__(config)
        self.nlp = pipeline.load(Path(config["model"]), config["lemmas"])
        self.reads_training_examples = config["training_examples"]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Tokenize the training sentences, if a component learns from tokens."""
        return super().process_training_data(training_data) if self.reads_training_examples else training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of the message, lower-cased lemma (or word, where lemmas are off) beside each."""
        doc = self.nlp(message.get(attribute))
        tokens = [Token(t.text, t.idx, lemma=(t.lemma_ or t.text).lower()) for t in doc if not t.is_space]
        return self._apply_token_pattern(tokens)
