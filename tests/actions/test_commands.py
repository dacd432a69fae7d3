"""The commands' doormen."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.explaining import ActionDuration, ActionExample, ActionExplain, ActionWhy
from actions.leaving import ActionErase, ActionPause
from actions.navigation import ActionBack, ActionChange, ActionRepeat, ActionSkip
from actions.page import ActionStopSharing

BEGUN = {"consent": {"value": "consent_yes"}, "remember": {"value": "remember_no"}}


def done(action: Any, slots: dict[str, Any] = BEGUN, value: str | None = None) -> tuple[dict[str, Any], list[str]]:
    """The slots an action sets and the texts it says."""
    entities = [{"entity": "value", "value": value}] if value else []
    message = {"text": "", "intent": {"name": "skip"}, "entities": entities}
    tracker, said = Tracker("x", dict(slots), message, [], False, None, {}, ""), CollectingDispatcher()
    events = action.run(said, tracker, {})
    return {e["name"]: e["value"] for e in events}, [m["response"] for m in said.messages]


def test_skip_marks_the_waiting_question():
    assert done(ActionSkip())[0]["wellbeing_week"] == {"skipped": True}


def test_explaining_says_the_text_of_the_step_that_waits():
    assert done(ActionExplain())[1] == ["utter_explain_wellbeing_week"]
    assert done(ActionWhy())[1] == ["utter_why_wellbeing_week"]
    assert done(ActionExample(), {})[1] == ["utter_example_consent"]


def test_repeating_changes_and_says_nothing():
    assert done(ActionRepeat()) == ({}, [])


def test_back_sets_the_cursor():
    assert done(ActionBack())[0] == {"cursor": "remember"}


def test_a_change_names_its_question_by_the_tapped_value():
    answered = {**BEGUN, "wellbeing_week": {"value": "good"}}

    assert done(ActionChange(), answered, "change:wellbeing_week")[0]["cursor"] == "wellbeing_week"


def test_a_change_asked_in_words_asks_which_answer():
    assert done(ActionChange())[1] == ["utter_change_which"]


def test_a_pause_waits_and_shows_the_code():
    assert done(ActionPause()) == ({"paused": True}, ["utter_paused"])


def test_erasing_is_asked_before_it_is_done():
    assert done(ActionErase())[0] == {"erasing": True}


def test_nothing_shared_means_nothing_to_withdraw():
    assert done(ActionStopSharing())[1] == ["utter_nothing_shared"]


def test_progress_is_told_in_numbers_of_questions():
    assert done(ActionDuration())[1] == ["utter_duration"]
