"""A human is always in reach."""

from rasa_sdk import Tracker

from actions.command import Command
from actions.content import is_open
from bot.core import double
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.turns import Outcome


class ActionHuman(Command):
    """Gives the municipality's number, and who answers when it is closed."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_human"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Say whom to call now."""
        return Outcome({}, (double.human(is_open()),))
