"""A turn is kept whole or not at all, and nobody reads along in the log."""

import logging
from typing import Any

import pytest

from bot.core.errors import DatabaseDown
from bot.store.store import Store
from tests.talkers import Person

pytestmark = pytest.mark.slow

SECRET = "kanariegeel"


def breaks(*_: Any) -> Any:
    """An action with a fault, and with the person's words in its message."""
    raise ValueError(SECRET)


def fails(person: Person, trouble: type[Exception], **said: str) -> bool:
    """Whether this turn raises the trouble and leaves everything as it was."""
    before = person.record
    with pytest.raises(trouble):
        person.types(said["text"]) if "text" in said else person.taps(said["choice"])
    return person.record == before


def test_a_turn_whose_action_raises_keeps_nothing(begun: Person, actions: dict[str, Any]):
    from bot.engine.turn import ActionFailed

    actions["action_explain"] = breaks

    assert fails(begun, ActionFailed, choice="explain")


def test_a_turn_whose_form_raises_keeps_nothing(begun: Person, actions: dict[str, Any]):
    from bot.engine.turn import ActionFailed

    actions["validate_talk_form"] = breaks

    assert fails(begun, ActionFailed, text="ging wel, veel gewandeld")


def test_a_turn_whose_action_does_not_exist_keeps_nothing(begun: Person, actions: dict[str, Any]):
    from bot.engine.turn import ActionFailed

    del actions["action_explain"]

    assert fails(begun, ActionFailed, choice="explain")


def test_after_a_failed_turn_the_next_one_is_taken(begun: Person, actions: dict[str, Any]):
    from bot.engine.turn import ActionFailed

    explain, actions["action_explain"] = actions["action_explain"], breaks
    assert fails(begun, ActionFailed, choice="explain")
    actions["action_explain"] = explain

    assert begun.taps("explain", "good").page == {"wellbeing_week": "Mijn week was goed."}


def test_without_a_database_the_turn_fails_and_is_not_remembered_elsewhere(
    begun: Person, store: Store, monkeypatch: pytest.MonkeyPatch
):
    def down(change: Any) -> None:
        raise DatabaseDown

    monkeypatch.setattr(store, "commit", down)

    assert fails(begun, DatabaseDown, text="ging wel, veel gewandeld")
    assert fails(begun, DatabaseDown, choice="good")


def test_rasa_saves_to_our_store_and_not_to_one_that_falls_back_to_memory(engine: Any):
    from bot.engine.tracker_store import TurnTrackerStore

    agent = engine.agent.agent

    assert type(agent.tracker_store) is TurnTrackerStore
    assert agent.processor.tracker_store is agent.tracker_store


@pytest.mark.parametrize(
    "typed", ["/restart", "/session_start", '/delete_data{"value":"erase_yes"}', " / restart", "/"]
)
async def test_a_typed_slash_does_not_command_rasa(engine: Any, typed: str):
    from bot.core.context import Context

    parsed = await engine.agent.understand(typed, Context("open"))

    assert parsed["intent"]["name"] == "answer"
    assert parsed["entities"] == []
    assert parsed["text"] == typed


async def test_what_people_type_reaches_no_log(
    begun: Person, engine: Any, actions: dict[str, Any], aiohttp_client: Any, capfd: Any, caplog: Any
):
    actions["validate_talk_form"] = breaks
    caplog.set_level(logging.DEBUG)
    client = await aiohttp_client(engine.app())

    answer = await client.post("/turn", json=begun.body(text=f"mijn {SECRET} week", names=[], health=False))

    assert (answer.status, await answer.json()) == (500, {"error": "ActionFailed"})
    assert "turn_failed ActionFailed ValueError" in caplog.text
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


async def test_a_fault_of_our_own_is_logged_by_its_place_only(
    begun: Person, engine: Any, aiohttp_client: Any, monkeypatch: pytest.MonkeyPatch, capfd: Any, caplog: Any
):
    monkeypatch.setattr(engine.agent, "understand", breaks)
    client = await aiohttp_client(engine.app())

    answer = await client.post("/turn", json=begun.body(text=SECRET))

    assert answer.status == 500
    assert "turn_broken ValueError" in caplog.text
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


def test_a_long_talk_makes_no_long_tracker(begun: Person, engine: Any, monkeypatch: pytest.MonkeyPatch):
    lengths = []
    save = engine.agent.agent.tracker_store.save

    async def measured(tracker: Any) -> None:
        lengths.append(len(tracker.events))
        await save(tracker)

    monkeypatch.setattr(engine.agent.agent.tracker_store, "save", measured)
    for _ in range(15):
        begun.types("ging wel, veel gewandeld").taps("back")

    assert lengths[-1] <= lengths[3]
    assert lengths[-2] <= lengths[2]
