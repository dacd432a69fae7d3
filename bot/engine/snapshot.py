"""A tracker as one small snapshot: slots and loop, instead of a log of events that grows."""

from collections.abc import Mapping
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
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
    events += [SlotSet(name, value) for name, value in {**facts, **snapshot["slots"]}.items()]
    if snapshot.get("loop"):
        events += [ActiveLoop(FORM), SlotSet("requested_slot", waiting)]
    events.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events(sender_id, events, slots=domain.slots)


def snapshot_of(tracker: DialogueStateTracker, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The tracker's own slots that have a value, and whether its form runs."""
    left_out = TRANSIENT | set(facts)
    slots = {n: s.value for n, s in tracker.slots.items() if n not in left_out and s.value is not None}
    return {"slots": slots, "loop": tracker.active_loop_name}
