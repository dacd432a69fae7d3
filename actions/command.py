"""A command: an action that can be asked for at any moment, decided by one function of `bot.core.commands`."""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.content import is_open, route
from actions.doorman import Events, perform, said_in, talk_of
from bot.core import double
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.turns import Outcome


class Command(Action, ABC):
    """Does what its decision says. The form asks again afterwards, because rules end in the active loop."""

    @abstractmethod
    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """What the command changes and says."""

    def fields(self) -> dict[str, Any]:
        """Values for the placeholders in what is said."""
        return {}

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer a question beside the command, decide and perform."""
        talk, question = talk_of(tracker), said_in(tracker).also
        told = () if question is None else double.answers(question, route().waiting(talk), is_open())
        outcome = self.decide(route(), talk, tracker)
        both = replace(outcome, says=told + outcome.says)
        return perform(both, dispatcher, **(route().progress(talk) if told else {}), **self.fields())
