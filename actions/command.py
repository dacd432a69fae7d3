"""A command: an action that can be asked for at any moment, decided by one function of `bot.core.commands`."""

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.content import route
from actions.doorman import Events, perform, talk_of
from bot.core.answering import Outcome
from bot.core.route import Route
from bot.core.talk import Talk


class Command(Action, ABC):
    """Does what its decision says. The form asks again afterwards, because rules end in the active loop."""

    @abstractmethod
    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """What the command changes and says."""

    def fields(self) -> dict[str, Any]:
        """Values for the placeholders in what is said."""
        return {}

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Decide and perform."""
        return perform(self.decide(route(), talk_of(tracker), tracker), dispatcher, **self.fields())
