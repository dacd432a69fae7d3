"""What all actions share: reading the tracker, and turning an outcome into Rasa events."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.core.talk import Talk
from bot.core.turns import Outcome, Said
from bot.store import unit_of_work

Events = list[dict[str, Any]]


def talk_of(tracker: Tracker) -> Talk:
    """What has been said so far in this conversation."""
    return Talk(tracker.slots)


def said_in(tracker: Tracker) -> Said:
    """The latest message: its words, the tapped value and what understanding made of it."""
    message = tracker.latest_message
    entities = {entity["entity"]: entity["value"] for entity in message.get("entities", ())}
    metadata = message.get("metadata") or {}
    return Said(
        text=message.get("text") or "",
        intent=message["intent"]["name"],
        value=entities.get("value"),
        names=tuple((start, end) for start, end in metadata.get("names") or ()),
        doubt=entities.get("command"),
        health=bool(metadata.get("health")),
        also=metadata.get("also"),
        unseen=bool(metadata.get("unseen")),
    )


def perform(outcome: Outcome, dispatcher: CollectingDispatcher, **fields: Any) -> Events:
    """Say the outcome's texts, note its effects for this turn, and set its slots.

    Args:
        fields: values for placeholders in the texts.
    """
    for key in outcome.says:
        dispatcher.utter_message(response=key, **fields)
    unit = unit_of_work.current()
    if unit:
        unit.effects.extend(outcome.effects)
    return [SlotSet(slot, value) for slot, value in outcome.slots.items()]
