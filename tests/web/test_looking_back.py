"""Once a meeting is over its person is asked about it when they come back, and nothing that waited is lost."""

import pytest

from tests.store.builders import Clock
from tests.web.caller import Person
from tests.web.fakes import FakeEngine

DAY = "2025-11-05"  # two days after noon
ASKED = "after_discussed"


@pytest.fixture
async def prepared(talker: Person) -> Person:
    """Somebody half way, who told the day of the meeting."""
    await talker.tap("good")
    await talker.call("PATCH", json={"meeting": DAY})
    return talker


@pytest.fixture
async def back(prepared: Person, clock: Clock) -> Person:
    """The same, three days later."""
    clock.moves(days=3)
    return prepared


async def test_before_the_meeting_nothing_is_asked_about_it(prepared: Person, clock: Clock):
    clock.moves(days=2)

    read = await prepared.reads()

    assert (read["question"]["id"], read["progress"]["of"]) == ("wellbeing_good", 10)


async def test_who_opens_the_page_again_is_asked_by_itself_and_once(back: Person, says):
    read = await back.reads()

    assert read["question"] == {"id": ASKED, "topic": "after", "awaiting": "open"}
    assert read.texts[-1] == says("utter_ask_after_discussed")
    assert read.values == ["yes", "partly", "no", "not_held"]
    assert (await back.reads()).texts == read.texts


async def test_who_comes_with_the_code_sees_that_question_alone(back: Person, says):
    resumed = await back.caller.call("POST", "/v1/conversations/resume", json={"code": back.code})

    assert resumed.texts == [says("utter_ask_after_discussed")]
    assert resumed["question"]["id"] == ASKED


async def test_what_waited_comes_back_after_both_answers(back: Person):
    await back.reads()

    assert (await back.tap("partly"))["question"]["id"] == "after_step"
    assert (await back.tap("yes"))["question"]["id"] == "wellbeing_good"


async def test_who_never_left_has_their_message_taken_first(back: Person):
    answer = await back.type("Buiten in de zon.")

    assert answer["question"]["id"] == ASKED
    lines = [line for section in (await back.call("GET", "/summary"))["sections"] for line in section["lines"]]
    assert {"wellbeing_good": "Buiten in de zon."}.items() <= {line["lineId"]: line["text"] for line in lines}.items()


async def test_what_needs_a_tap_first_gets_it_first(back: Person):
    await back.tap("erase")

    assert (await back.reads())["question"]["id"] == "erase"
    assert (await back.tap("erase_no"))["question"]["id"] == "wellbeing_good"
    assert (await back.reads())["question"]["id"] == ASKED


async def test_while_help_is_waited_for_it_waits_too(prepared: Person, clock: Clock):
    await prepared.type("ik wil dood")
    clock.moves(days=3)

    assert (await prepared.reads())["question"]["id"] == "safety"


async def test_with_the_engine_down_it_is_asked_all_the_same(back: Person, engine: FakeEngine):
    engine.is_down = True

    assert (await back.reads())["question"]["id"] == ASKED


async def test_there_is_time_to_answer_until_the_talk_ends(back: Person, clock: Clock):
    clock.moves(days=12)

    assert (await back.reads())["question"]["id"] == ASKED
    clock.moves(days=2)
    assert (await back.reads()).status in (401, 404)


async def test_after_a_next_meeting_the_first_answer_stays_on_the_page(back: Person, clock: Clock):
    await back.reads()
    await back.tap("no", "no")
    await back.call("PATCH", json={"meeting": "2025-11-12"})
    clock.moves(days=7)
    await back.reads()
    await back.tap("yes", "yes")

    lines = [line for section in (await back.call("GET", "/summary"))["sections"] for line in section["lines"]]
    after = {line["lineId"]: line["text"] for line in lines if line["lineId"].startswith("after")}
    assert after["after_discussed"] == "Ja, wat ik wilde is besproken."
    assert after["after_discussed-2025-11-05"] == "Nee, wat ik wilde is niet besproken."


async def test_a_line_about_an_earlier_meeting_can_go_along_be_changed_and_taken_off(back: Person, clock: Clock):
    await back.reads()
    await back.tap("no", "no")
    await back.call("PATCH", json={"meeting": "2025-11-12"})
    await back.reads()
    line = "/summary/lines/after_step-2025-11-05"

    assert (await back.call("PATCH", line, json={"shared": True}))["shared"] is True
    assert (await back.call("PATCH", line, json={"text": "Het was te vroeg."}))["text"] == "Het was te vroeg."
    assert (await back.call("DELETE", line)).status == 204
