"""Help with the waiting question: what it means, why it is asked, an example, how much is left."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.command import Command
from actions.content import route
from actions.doorman import Events
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.turns import Outcome


class ActionExplain(Command):
    """Says what the waiting question means."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_explain"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """The step's own explanation."""
        return Outcome({}, (route.waiting(talk).explain,))


class ActionWhy(Command):
    """Says why the waiting question is asked."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_why"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """The step's own reason."""
        return Outcome({}, (route.waiting(talk).why,))


class ActionExample(Command):
    """Gives an example answer to the waiting question."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_example"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """The step's own example."""
        return Outcome({}, (route.waiting(talk).example,))


class ActionDuration(Action):
    """Says how far the talk is, in words."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_duration"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Say the progress of this talk."""
        progress = route().progress(Talk(tracker.slots))
        dispatcher.utter_message(response="utter_duration", **progress)
        return []
