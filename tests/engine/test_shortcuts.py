"""Our shortcuts through Rasa give what Rasa's own, longer ways give."""

import ast
import copy
import importlib
import inspect
from typing import Any

import pytest

from tests.talkers import Person

pytestmark = pytest.mark.slow


def dasks(runner: Any) -> Any:
    """Rasa's own runner over the same nodes."""
    from rasa.engine.runner.dask import DaskGraphRunner

    own = DaskGraphRunner.__new__(DaskGraphRunner)
    own._graph_schema, own._instantiated_nodes, own._execution_context = runner._schema, runner._nodes, None
    return own


def told(given: dict[str, Any]) -> list[Any]:
    """What of a graph's output can be compared: an intent with its ranking, or how likely each action is."""
    parts = [part for value in given.values() for part in (value if isinstance(value, list) else [value])]
    return [part.get("intent_ranking") if hasattr(part, "get") else part.probabilities for part in parts]


@pytest.fixture
def both(engine: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """What our runner and Rasa's gave, each time this test's turns asked something of the model's graph."""
    runner = engine.agent.agent.processor.graph_runner
    run, own, given = runner.run, dasks(runner), []

    def twice(inputs: dict[str, Any], targets: list[str]) -> Any:
        given.append((told(run(copy.deepcopy(inputs), targets)), told(own.run(copy.deepcopy(inputs), targets))))
        return run(inputs, targets)

    monkeypatch.setattr(runner, "run", twice)
    return given


def test_the_graph_gives_what_dask_makes_of_it(begun: Person, both: list[tuple[Any, Any]]):
    begun.types("ging wel, veel gewandeld").taps("skip", "back", "why").types("sla maar over")

    assert len(both) > 10
    assert [ours for ours, _ in both] == [theirs for _, theirs in both]


def test_an_input_may_not_have_the_name_of_a_node(engine: Any):
    from rasa.engine.exceptions import GraphRunError

    runner = engine.agent.agent.processor.graph_runner
    with pytest.raises(GraphRunError):
        runner.run({"domain_provider": 1}, ["select_prediction"])


def set_and_reset(domain: Any) -> list[Any]:
    """What trackers say of their slots when some are set, copied, reset and set again."""
    from rasa.shared.core.events import AllSlotsReset, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    first, second, *_ = [slot.name for slot in domain.slots]
    events = [SlotSet(first, "een"), SlotSet(second, "twee"), AllSlotsReset(), SlotSet(second, "drie")]
    slots = [copy.copy(slot) for slot in domain.slots]
    slots[5].initial_value = "van het begin af"
    tracker = DialogueStateTracker.from_events("iemand", events, slots=slots)
    trackers = [tracker, tracker.copy(), tracker.init_copy()]
    return [[(slot.name, slot.value, slot.has_been_set) for slot in one.slots.values()] for one in trackers]


def test_slots_are_set_and_reset_as_in_rasa_s_own_trackers(engine: Any, monkeypatch: pytest.MonkeyPatch):
    from rasa.shared.core import trackers

    from bot.engine import shortcuts

    ours = set_and_reset(engine.agent.agent.domain)
    monkeypatch.setattr(trackers, "copy", copy)
    monkeypatch.setattr(trackers.DialogueStateTracker, "_set_slot", shortcuts._set)
    monkeypatch.setattr(
        trackers.DialogueStateTracker, "_reset_slots", lambda own: [slot.reset() for slot in own.slots.values()]
    )

    assert ours == set_and_reset(engine.agent.agent.domain)


def test_a_slot_that_is_set_changes_for_its_own_tracker_only(engine: Any):
    from rasa.shared.core.trackers import DialogueStateTracker

    slot = engine.agent.agent.domain.slots[0]
    one, other = (DialogueStateTracker("iemand", [slot]) for _ in range(2))

    one._set_slot(slot.name, "anders")

    assert [one.get_slot(slot.name), other.get_slot(slot.name), slot.value] == ["anders", None, None]


def test_only_the_words_of_an_answer_are_looked_for_in_a_message(engine: Any):
    assert [slot.name for slot in engine.agent.agent.domain.slots if slot.mappings] == ["said"]


@pytest.mark.parametrize("name", ["rasa.core.processor", "rasa.core.actions.forms"])
def test_deep_copies_that_are_left_out_were_for_the_log_only(name: str):
    tree = ast.parse(inspect.getsource(importlib.import_module(name)))
    logged = {node for call in calls(tree, "structlogger") for node in calls(call, "copy")}

    assert logged == calls(tree, "copy") != set()


def calls(tree: ast.AST, module: str) -> set[ast.Call]:
    """The calls of something in a module, within a piece of code."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return {node for node in found if isinstance(node.func.value, ast.Name) and node.func.value.id == module}
