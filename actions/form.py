"""The one form: it keeps what was answered and asks the step that waits."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.content import answering, route
from actions.doorman import Events, perform, said_in, talk_of
from bot.store import unit_of_work

SHARE = "share_yes"
SAID = "said"  # the slot that takes the words of any answer; the answer itself goes to the step's own slot


class ValidateTalkForm(FormValidationAction):
    """Gives an answer its place and says which step waits next; both are decided in `bot.core`."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "validate_talk_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Any, tracker: Tracker, domain: Any
    ) -> list[str]:
        """The steps of this person's route, so far as we can see it."""
        return [SAID, *route().steps(talk_of(tracker))]

    async def get_extraction_events(self, dispatcher: Any, tracker: Tracker, domain: Any) -> Events:
        """Nothing to extract beside the mapping of the slot `said`."""
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        """Keep the answer that was just given, if one was."""
        if SAID not in tracker.slots_to_validate():
            return []
        unit = unit_of_work.current()
        step = route().waiting(talk_of(tracker))
        # the whole page is built for it, so only where it matters
        shareable = unit is None or SHARE not in step.values or unit.shareable
        outcome = answering().answer(said_in(tracker), step, talk_of(tracker), shareable)
        return [*perform(outcome, dispatcher), SlotSet(SAID, None)]

    async def next_requested_slot(self, dispatcher: Any, tracker: Tracker, domain: Any) -> Events | None:
        """The step that waits now; it may have an answer already, when somebody went back to it."""
        return SlotSet(REQUESTED_SLOT, route().waiting(talk_of(tracker)).id)
