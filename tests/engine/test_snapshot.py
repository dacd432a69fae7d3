"""A tracker is kept as its slots and its loop, and stands where it stood when it is made again."""

from typing import Any

import pytest

pytestmark = pytest.mark.slow

FACTS = {"municipality_name": "Voorbeeldstad", "shelter_phone": None}
SLOTS = {"consent": {"value": "consent_yes"}, "wellbeing_week": {"text": "moe, maar ça va", "names": [[0, 3]]}}


@pytest.fixture
def domain(engine: Any) -> Any:
    """The trained domain."""
    return engine.agent.agent.domain


def tracker(domain: Any, loop: str | None = "talk_form", waiting: str = "wellbeing_good") -> Any:
    from bot.engine.snapshot import tracker_from

    return tracker_from("turn", {"slots": SLOTS, "loop": loop}, FACTS, waiting, domain)


def kept(tracker: Any) -> dict[str, Any]:
    from bot.engine.snapshot import snapshot_of

    return snapshot_of(tracker, FACTS)


def test_what_was_kept_comes_back_the_same(domain: Any):
    assert kept(tracker(domain)) == {"slots": SLOTS, "loop": "talk_form"}


def test_the_texts_get_their_names_and_numbers_and_none_of_them_is_kept(domain: Any):
    assert tracker(domain).get_slot("municipality_name") == "Voorbeeldstad"
    assert not kept(tracker(domain))["slots"].keys() & FACTS.keys()


def test_the_form_asks_the_step_that_waits(domain: Any):
    assert tracker(domain).get_slot("requested_slot") == "wellbeing_good"
    assert tracker(domain).active_loop_name == "talk_form"


def test_before_the_form_began_nothing_is_asked(domain: Any):
    fresh = tracker(domain, loop=None)

    assert fresh.get_slot("requested_slot") is None
    assert kept(fresh)["loop"] is None


def test_words_that_were_just_taken_in_are_not_kept_twice(domain: Any):
    from rasa.shared.core.events import SlotSet

    spoken = tracker(domain)
    spoken.update(SlotSet("said", "ik was moe"), domain)

    assert kept(spoken)["slots"] == SLOTS
