"""The custom actions of the stock bot, written as Rasa's tutorials do; copied into its project."""

import json
import secrets
from pathlib import Path
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

STEPS = json.loads((Path(__file__).parent / "steps.json").read_text("utf-8"))
VALUES = {step["slot"]: step["values"] for step in STEPS}
LONGEST = 1000


def is_asked(step: dict[str, Any], slots: dict[str, Any]) -> bool:
    """Whether a step belongs to this person's route."""
    picked = (slots.get("menu") or "").removeprefix("topics:").split(",")
    if step["topic"] and step["topic"] not in picked:
        return False
    if step.get("consent") and slots.get(step["consent"]) != "health_yes":
        return False
    return step["when"] is None or is_called_for(step["when"], slots.get(step["when"]["slot"]))


def is_called_for(when: dict[str, Any], answer: str | None) -> bool:
    """Whether an answer calls for the follow-up."""
    if answer is None or answer == "skip":
        return False
    return answer in when["values"] or (when["own_words"] and answer not in VALUES[when["slot"]])


def page(slots: dict[str, Any]) -> str:
    """The answers as one page."""
    answered = [slots[step["slot"]] for step in STEPS if step["open"] and slots.get(step["slot"])]
    return "\n".join(answer for answer in answered if answer != "skip")


class ValidateTalkForm(FormValidationAction):
    """Says which questions are asked and keeps the answers."""

    def name(self) -> str:
        return "validate_talk_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        return [step["slot"] for step in STEPS if is_asked(step, tracker.slots)]


def keeps(slot: str) -> Any:
    """A validation method for one slot."""

    def validate(self: Any, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Any:
        return {slot: value.strip() if len(value) <= LONGEST else None}

    return validate


for step in STEPS:
    setattr(ValidateTalkForm, f"validate_{step['slot']}", keeps(step["slot"]))


class ActionAskSummary(Action):
    """Shows the page at the end of the form."""

    def name(self) -> str:
        return "action_ask_summary"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        dispatcher.utter_message(text=page(tracker.slots))
        dispatcher.utter_message(response="utter_ask_summary")
        return []


class ActionShare(Action):
    """Gives the page with a code."""

    def name(self) -> str:
        return "action_share"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        dispatcher.utter_message(text=f"Code {secrets.randbelow(10**6):06}\n{page(tracker.slots)}")
        dispatcher.utter_message(response="utter_shared")
        return []
