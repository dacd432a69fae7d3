"""The person's page: showing it, sharing it, taking it back."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.command import Command
from actions.doorman import Events
from bot.core import commands
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.turns import Outcome
from bot.store import unit_of_work


class ActionAskSummary(Action):
    """Shows the page and asks whether it is right."""

    def name(self) -> str:
        """The name in `domain.yml`, found by the form for the step `summary`."""
        return "action_ask_summary"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """An empty page is said to be empty."""
        unit = unit_of_work.current()
        empty = unit is not None and not unit.sections(tracker.slots)
        dispatcher.utter_message(response="utter_ask_summary_empty" if empty else "utter_ask_summary")
        return []


class ActionShowSummary(Command):
    """Goes to the page, whatever waits."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_show_summary"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Ask the step `summary` now."""
        return commands.show_summary(route, talk)


class ActionShareSummary(Command):
    """Goes to the question whether the page may be shared."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_share_summary"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Ask the step `share` now."""
        return commands.share_summary(route, talk)


class ActionStopSharing(Command):
    """Closes every shared page."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_stop_sharing"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Withdraw what is open."""
        unit = unit_of_work.current()
        return commands.stop_sharing(route, talk, shared=bool(unit and unit.sharing.open))
