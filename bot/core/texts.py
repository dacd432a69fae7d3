"""The bot's Dutch sentences, read from `domain.yml` as plain YAML so that they can be said without the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import yaml

from bot.core.choices import CHANGE, LABELLED, value_of

DOMAIN = Path(__file__).parent.parent.parent / "domain.yml"


# Said in other words where sharing sends the contact person an e-mail.
INVITED = {
    "utter_ask_share": "utter_ask_share_invited",
    "utter_explain_share": "utter_explain_share_invited",
    "utter_shared": "utter_shared_invited",
    "utter_ask_shared": "utter_ask_shared_invited",
    "utter_why_shared": "utter_why_shared_invited",
    "utter_example_shared": "utter_example_shared_invited",
}
NO_CHANNELS: Mapping[str, Mapping[str, "Text"]] = MappingProxyType({})


@dataclass(frozen=True)
class Choice:
    """One button: what it says and the value it sends."""

    label: str
    value: str

    def json(self) -> dict[str, str]:
        """The choice as the API shows it."""
        return {"label": self.label, "value": self.value}


@dataclass(frozen=True)
class Text:
    """One response of the bot.

    Args:
        key: the response's name in `domain.yml`.
        kind: info, question, help or summary, as the API calls it.
        label: the short label of a question's line on the page.
        lines: per value of a question, the sentence for the page when that button was tapped; of a text for the page of
            the contact person, its sentence per value.
    """

    key: str
    text: str
    kind: str = "info"
    choices: tuple[Choice, ...] = ()
    label: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)


class Texts:
    """All responses by key."""

    def __init__(
        self,
        texts: Mapping[str, Text],
        facts: Mapping[str, str | None],
        channels: Mapping[str, Mapping[str, Text]] = NO_CHANNELS,
    ) -> None:
        """Keep the texts and the facts (names, numbers) that fill their placeholders.

        Args:
            channels: per channel the texts that are others there, as Rasa's `channel` of a response says.
        """
        self._texts = texts
        self.facts = facts
        self.channels = channels

    @classmethod
    def load(cls, facts: Mapping[str, str | None], path: Path = DOMAIN) -> "Texts":
        """Read the responses.

        Args:
            facts: a value for every placeholder that no caller fills; None for a number that is closed now.
            path: a Rasa domain file.
        """
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        texts: dict[str, dict[str, Text]] = {}
        for key, variants in raw["responses"].items():
            for variant in variants:
                texts.setdefault(variant.get("channel", ""), {})[key] = _text(key, variant)
        return cls(texts.pop("", {}), facts, texts)

    def with_facts(self, facts: Mapping[str, str | None]) -> "Texts":
        """The same texts with other facts, such as the lines that are open at another hour."""
        return Texts(self._texts, facts, self.channels)

    def on(self, channel: str) -> "Texts":
        """The texts as this channel says them."""
        others = self.channels.get(channel)
        return Texts({**self._texts, **others}, self.facts, self.channels) if others else self

    def __contains__(self, key: object) -> bool:
        """Whether there is a response with this key."""
        return key in self._texts

    def __iter__(self) -> Any:
        """The keys of all responses."""
        return iter(self._texts)

    def raw(self, key: str) -> Text:
        """The response as written, placeholders unfilled."""
        return self._texts[key]

    def get(self, key: str, **fields: str | int) -> Text:
        """The response with its placeholders filled; a line whose fact is None now is left out.

        Raises:
            KeyError: no such response, or a placeholder that nobody fills.
        """
        text = self._texts[key]
        filled = fill(text.text, {**self.facts, **fields})
        return Text(text.key, filled, text.kind, text.choices, text.label, text.lines)

    def worded(self, key: str, to: str | None) -> tuple[str, dict[str, str]]:
        """The key of a text, or of its other words where sharing sends an e-mail, and what fills those.

        Args:
            to: the contact person who gets it, or None.
        """
        return (key, {}) if to is None or key not in INVITED else (INVITED[key], {"contact_name": to})

    def labels(self) -> dict[str, str]:
        """The labels of the choices that no single question offers, by value."""
        labels = {choice.value: choice.label for key in LABELLED for choice in self._texts[key].choices}
        return {**labels, CHANGE: self._texts["utter_change_button"].text}


def fill(text: str, facts: Mapping[str, Any]) -> str:
    """Fill the placeholders of a text, and leave out each line that needs a fact which is None."""
    lines = [line for line in text.splitlines() if all(facts[name] is not None for name in placeholders(line))]
    return "\n".join(line.format_map(facts) for line in lines)


def placeholders(text: str) -> list[str]:
    """The names between curly brackets in a text."""
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _text(key: str, raw: Mapping[str, Any]) -> Text:
    metadata = raw.get("metadata", {})
    buttons = raw.get("buttons", ())
    return Text(
        key,
        raw["text"].strip(),
        metadata.get("kind", "question" if key.startswith("utter_ask_") else "info"),
        tuple(Choice(button["title"], value_of(button["payload"])) for button in buttons),
        metadata.get("label", ""),
        metadata.get("lines")
        or {value_of(button["payload"]): button["line"] for button in buttons if "line" in button},
    )
