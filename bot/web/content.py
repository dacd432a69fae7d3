"""What the gateway says and asks, the help that can be reached at this hour, and what reads people's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from bot.core import help as helplines
from bot.core import questionnaire as questions
from bot.core.help import Help
from bot.core.questionnaire import Questionnaire
from bot.core.route import Route
from bot.core.texts import Texts
from bot.sense.sensing import Sensed
from bot.store import unit_of_work


class Senses(Protocol):
    """What the gateway asks of `bot.sense`."""

    def sense(self, text: str) -> Sensed:
        """Read one message as it was typed."""

    def warm_up(self) -> None:
        """Load everything, so that the first person does not wait for it."""


@dataclass(frozen=True)
class Content:
    """The questionnaire, the bot's sentences and the help lines."""

    questionnaire: Questionnaire
    texts: Texts
    help: Help

    @classmethod
    def load(cls, municipality: Path | None = None) -> "Content":
        """Read it all.

        Args:
            municipality: the municipality's own facts, by default the example's.

        Raises:
            HelpUnreadable: the file cannot be used.
        """
        lines = helplines.load(municipality)
        return cls(questions.load(), Texts.load(lines.placeholders()), lines)

    @cached_property
    def route(self) -> Route:
        """The order of the talk."""
        return Route(self.questionnaire)

    def at(self, now: datetime, channel: str = "web") -> unit_of_work.Content:
        """The content as this channel says it, with the numbers that are answered at this moment."""
        texts = self.texts.on(channel).with_facts(self.help.placeholders(now))
        return unit_of_work.Content(self.questionnaire, texts)

    def help_texts(self, signals: Sequence[str], now: datetime, channel: str = "web") -> list[str]:
        """What to say about whom to call at this moment, for who cannot be answered in the talk itself."""
        texts = self.at(now, channel).texts
        return [texts.get(key).text for key in self.help.help_keys(signals, now)]

    def facts(self, now: datetime) -> dict[str, Any]:
        """The municipality's facts as the pages show them."""
        return {**self.help.placeholders(now), "neutral_page": self.help.municipality.get("neutral_page")}
