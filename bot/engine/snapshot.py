"""A tracker as one small snapshot: slots and loop, instead of a log of events that grows."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.core.state import FORM

TRANSIENT = {"requested_slot", "said", "session_started_metadata"}


def tracker_from(
    sender_id: str, snapshot: Mapping[str, Any], facts: Mapping[str, Any], waiting: str, domain: Domain
) -> Any:
    """A tracker that stands where the last turn ended.

    Args:
        snapshot: `{"slots", "loop"}` as `snapshot_of` made it.
        facts: names and numbers for the texts' placeholders; they are not part of the snapshot.
        waiting: the step that the form has asked.
    """
    events: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    if snapshot.get("loop"):
        events += [ActiveLoop(FORM), SlotSet("requested_slot", waiting)]
    events.append(ActionExecuted("action_listen"))
    slots = list(_filled(domain, {**facts, **snapshot["slots"]}))
    return DialogueStateTracker.from_events(sender_id, events, slots=slots)


def _filled(domain: Domain, values: Mapping[str, Any]) -> Iterator[Slot]:
    """The slots with these values to begin with: as events they would be replayed for every copy of the tracker."""
    for slot in domain.slots:
        value = values.get(slot.name, slot.initial_value)
        yield slot if value is slot.initial_value else _beginning_with(value, slot)


def _beginning_with(value: Any, slot: Slot) -> Slot:
    filled = copy.copy(slot)
    filled.initial_value = value
    filled.reset()
    return filled


def snapshot_of(tracker: DialogueStateTracker, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The tracker's own slots that have a value, and whether its form runs."""
    left_out = TRANSIENT | set(facts)
    slots = {n: s.value for n, s in tracker.slots.items() if n not in left_out and s.value is not None}
    return {"slots": slots, "loop": tracker.active_loop_name}
