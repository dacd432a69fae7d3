"""Stopping for now, going on, erasing."""

from typing import Any

from rasa_sdk import Tracker

from actions.command import Command
from bot.core import commands
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.turns import Outcome
from bot.store import unit_of_work


class ActionPause(Command):
    """Stops for now and shows the code to go on with."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_pause"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Pause what waits."""
        return commands.pause(route, talk)

    def fields(self) -> dict[str, Any]:
        """The code and the day on which everything is erased; in `rasa shell` there is neither."""
        unit = unit_of_work.current()
        return (
            {"resume_code": unit.resume_code, "end_date": unit.end_date}
            if unit
            else {"resume_code": "-", "end_date": "-"}
        )


class ActionResume(Command):
    """Goes on after a pause."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_resume"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """End the pause."""
        return commands.resume(route, talk)


class ActionErase(Command):
    """Asks whether everything may be erased."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_erase"

    def decide(self, route: Route, talk: Talk, tracker: Tracker) -> Outcome:
        """Ask the step `erase` now."""
        return commands.erase(route, talk)
