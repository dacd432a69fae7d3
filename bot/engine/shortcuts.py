"""Where Rasa 3.6.21 takes the long way at every turn, and we do not: the same result for less.

How much each saves stands in docs/performance.md; tests run Rasa's own way beside ours.
"""

import copy
from functools import cache
from typing import Any

from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.shared.core import trackers
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.graph_runner import PlannedGraphRunner


def take() -> None:
    """Take every shortcut, in this process; to be called before a model is loaded."""
    # The check of an action's result against a constant schema checks the schema itself each time, 24 ms a call
    # (`RemoteAction._validate_action_result`). Our actions return what rasa_sdk makes; tests run the real check.
    RemoteAction._validate_action_result = lambda self, result: True
    # `MessageProcessor._load_model` names its runner itself.
    processor.DaskGraphRunner = PlannedGraphRunner
    # Every new tracker, eight a turn, copies each of its eighty slots and resets the copy. Ours share the slots that
    # nobody has set, and copy one when it is set.
    trackers.copy = _Unset
    DialogueStateTracker._reset_slots = _reset_slots
    DialogueStateTracker._set_slot = _set_slot
    # The form makes trackers of events alone; ours have slots that are filled to begin with (`snapshot.py`).
    forms.FormAction._temporary_tracker = _temporary_tracker
    # What would be logged, did we let Rasa log, is copied for it first: a seventh of the engine's work. Of these two
    # modules nothing else copies deeply.
    processor.copy = forms.copy = _Uncopied
    # Each event that an action gives is looked for among all classes of events.
    Event.resolve_by_type = _resolve_by_type


def forget_idle_mappings(domain: Domain) -> None:
    """Leave out the mappings that never fill a slot: Rasa weighs each of them at every turn.

    Args:
        domain: of a loaded model; its slots keep their other mappings.
    """
    for slot in domain.slots:
        slot.mappings = [one for one in slot.mappings if one["type"] != "custom" or "action" in one]


_resolve_by_type = cache(Event.resolve_by_type)
_of_events = forms.FormAction._temporary_tracker
_set = DialogueStateTracker._set_slot


def _temporary_tracker(form: forms.FormAction, tracker: Any, events: list[Any], domain: Any) -> Any:
    return _of_events(form, tracker, events, _Slots(tracker))


class _Uncopied:
    """In the place of the module `copy`."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        return value


class _Slots:
    """A tracker's slots, in the place of a domain's."""

    def __init__(self, tracker: Any) -> None:
        self.slots = tracker.slots.values()


def _unset(slot: Any) -> Any:
    """The slot with the value it begins with: the slot itself where it has that."""
    if not slot._has_been_set and slot._value is slot.initial_value:
        return slot
    fresh = copy.copy(slot)
    fresh.reset()
    return fresh


class _Unset:
    """In the place of the module `copy` where a new tracker copies slots, which it resets afterwards."""

    copy = staticmethod(_unset)


def _reset_slots(tracker: Any) -> None:
    slots = tracker.slots
    slots.update({name: _unset(slot) for name, slot in slots.items()})


def _set_slot(tracker: Any, key: str, value: Any) -> None:
    if key in tracker.slots:
        tracker.slots[key] = copy.copy(tracker.slots[key])
    _set(tracker, key, value)
