"""Moving through the talk: skip, back, repeat, change, and not knowing."""

from rasa_sdk import Tracker

from actions.command import Command
from actions.doorman import said_in
from bot.core import commands
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.turns import Outcome


class ActionSkip(Command):
    """Leaves the waiting question unanswered."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_skip"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Skip what waits."""
        return commands.skip(route, talk)


class ActionBack(Command):
    """Asks the step before the waiting one again."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_back"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Go one step back."""
        return commands.back(route, talk)


class ActionRepeat(Command):
    """Changes nothing: the form asks its question again."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_repeat"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Nothing changes."""
        return Outcome()


class ActionChange(Command):
    """Asks an earlier step again, or takes another selection of topics."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_change"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Change what the tapped value names; after words alone, show the page to choose from."""
        return commands.change(route, talk, said_in(tracker).value)


class ActionDontKnow(Command):
    """Takes not knowing as an answer where the question offers it."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_dont_know"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Answer or reassure."""
        return commands.dont_know(route, talk)
