"""How a conversation begins."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.content import help_lines
from actions.doorman import Events


class ActionSessionStart(Action):
    """Gives the texts their names and numbers, as slots.

    Only `rasa shell` and `rasa run` come here: the engine begins a conversation with these slots already set.
    """

    def name(self) -> str:
        """Rasa's own name for the start of a session."""
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Warn that nothing stands in front of the engine here, start and listen."""
        dispatcher.utter_message(response="utter_development")
        return [
            SessionStarted(),
            *(SlotSet(name, fact) for name, fact in help_lines().placeholders().items()),
            ActionExecuted("action_listen"),
        ]


class ActionBegin(Action):
    """Says welcome, also when somebody's first words are no greeting, and starts the form."""

    def name(self) -> str:
        """The name in `domain.yml`, and the fallback in `config.yml`."""
        return "action_begin"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Welcome and ask the first step."""
        dispatcher.utter_message(response="utter_welcome")
        return [FollowupAction("talk_form")]
