"""The form's doorman: what Rasa hands it, and what it hands back."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form import ValidateTalkForm

BEGUN = {"consent": {"value": "consent_yes"}, "remember": {"value": "remember_no"}}


def a_tracker(text: str, slots: dict[str, Any], intent: str = "answer", value: str | None = None) -> Tracker:
    entities = [{"entity": "value", "value": value}] if value else []
    message = {"text": text, "intent": {"name": intent}, "entities": entities, "metadata": {}}
    events = [{"event": "user"}, {"event": "slot", "name": "said", "value": text}]
    return Tracker("x", {**slots, "said": text}, message, events, False, None, {"name": "talk_form"}, "action_listen")


async def validated(tracker: Tracker) -> dict[str, Any]:
    events = await ValidateTalkForm().run(CollectingDispatcher(), tracker, {"forms": {}})
    return {event["name"]: event["value"] for event in events}


async def test_own_words_go_to_the_slot_of_the_step_that_waits():
    slots = await validated(a_tracker("ik was moe", BEGUN))

    assert slots["wellbeing_week"]["text"] == "ik was moe"


async def test_the_slot_that_took_the_words_is_emptied():
    assert (await validated(a_tracker("ik was moe", BEGUN)))["said"] is None


async def test_a_tapped_value_counts_whatever_its_label_says():
    slots = await validated(a_tracker("Goed", BEGUN, value="good"))

    assert slots["wellbeing_week"] == {"value": "good"}


async def test_the_next_step_is_requested():
    assert (await validated(a_tracker("Goed", BEGUN, value="good")))["requested_slot"] == "wellbeing_good"


async def test_a_step_that_was_gone_back_to_is_requested_although_it_has_an_answer():
    slots = {**BEGUN, "wellbeing_week": {"value": "good"}, "cursor": "wellbeing_week"}
    tracker = a_tracker("", slots, intent="back")
    tracker.events = []

    assert (await validated(tracker))["requested_slot"] == "wellbeing_week"


async def test_without_new_words_nothing_is_answered():
    tracker = a_tracker("", BEGUN, intent="explain_why")
    tracker.events = [{"event": "user"}]

    assert set(await validated(tracker)) == {"requested_slot"}
