"""A human is always in reach."""

from rasa_sdk import Tracker

from actions.command import Command
from actions.content import help_lines
from bot.core.answering import Outcome
from bot.core.route import Route
from bot.core.talk import Talk


class ActionHuman(Command):
    """Gives the municipality's number, and who answers when it is closed."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_human"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Say whom to call now."""
        is_open = help_lines().municipality_is_open()
        return Outcome({}, ("utter_human",) if is_open else ("utter_human_closed",))
