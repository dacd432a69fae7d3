"""Words that may be a command: they are kept until the person says what was meant."""

from typing import Any

import pytest

from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow


@pytest.fixture
def doubting(begun: Person, engine: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Somebody whose next words are understood as perhaps this command."""

    def doubts(words: str, command: str) -> Person:
        async def understand(text: str, moment: Any) -> dict[str, Any]:
            entities = [{"entity": "command", "value": command, "start": 0, "end": 0}]
            return {"text": text, "intent": {"name": "answer", "confidence": 0.6}, "entities": entities}

        monkeypatch.setattr(engine.agent, "understand", understand)
        return begun.types(words)

    return doubts


def test_both_meanings_are_offered_and_nothing_is_on_the_page_yet(doubting: Any):
    person = doubting("sla ik altijd over", "skip")

    assert [choice["value"] for choice in person.state["messages"][-1]["choices"]] == ["as_answer", "as_command"]
    assert not person.page


def test_as_an_answer_the_words_stand_on_the_page(doubting: Any):
    person = doubting("sla ik altijd over", "skip").taps("as_answer")

    assert person.page == {"wellbeing_week": "sla ik altijd over"}
    assert person.asked == "wellbeing_good"


@pytest.mark.parametrize(
    ("command", "asks"), [("skip", "wellbeing_good"), ("pause", "paused"), ("show_summary", "summary")]
)
def test_as_a_command_it_is_carried_out(doubting: Any, command: str, asks: str):
    person = doubting("even niet", command).taps("as_command")

    assert person.asked == asks
    assert not person.page


@pytest.mark.parametrize("command", ["repeat", "out_of_scope", "explain_why", "pause"])
def test_after_a_command_the_open_question_waits_again_and_not_the_doubt(doubting: Any, command: str):
    person = doubting("even niet", command).taps("as_command", "resume")

    assert person.state["question"] == {"id": "wellbeing_week", "topic": "wellbeing", "awaiting": "open"}
