"""A cry for help is always answered, without the engine, and the talk waits until the person goes on."""

import pytest

from tests.web.caller import Person
from tests.web.fakes import FakeEngine

CRY = "Ik wil dood."
SAFETY = {"id": "safety", "topic": None, "awaiting": "choice"}


async def test_a_cry_is_answered_with_help_and_one_question(talker: Person, says):
    answer = await talker.type(CRY)

    assert answer.texts == [says("utter_help_suicide"), says("utter_ask_safety")]
    assert answer["question"] == SAFETY
    assert answer.values == ["safe_yes", "safe_no", "continue"]


@pytest.mark.parametrize("words", ["Hulp nu", "help!", "ik heb nu hulp nodig"])
async def test_who_calls_for_help_without_saying_for_what_gets_every_line(talker: Person, words: str):
    answer = await talker.type(words)

    assert answer.texts[0].startswith("Goed dat u om hulp vraagt.")
    assert answer["question"] == SAFETY


async def test_a_cry_never_reaches_the_engine(talker: Person, engine: FakeEngine):
    turns = len(engine.turns)

    await talker.type(CRY)

    assert len(engine.turns) == turns


async def test_a_cry_is_answered_with_the_engine_down(person: Person, engine: FakeEngine, says):
    engine.is_down = True

    assert says("utter_help_suicide") in (await person.type(CRY)).texts


async def test_a_cry_at_the_end_of_a_long_text_is_heard(talker: Person, says):
    answer = await talker.type("woord " * 5000 + CRY)

    assert says("utter_help_suicide") in answer.texts


async def test_help_is_kind_help(talker: Person):
    answer = await talker.type(CRY)

    assert {message["kind"] for message in answer["messages"]} == {"help"}


async def test_the_whole_text_comes_once(talker: Person, says):
    await talker.type(CRY)

    again = await talker.type(CRY)

    assert again.texts == [says("utter_help_suicide_again"), says("utter_ask_safety")]


@pytest.mark.parametrize(
    "choice", ["good", "skip", "menu", "share_yes", "keep_yes", "concern_ok", "summary", "erase_yes"]
)
async def test_while_safety_is_asked_nothing_else_is(talker: Person, engine: FakeEngine, choice: str):
    await talker.type(CRY)
    turns = len(engine.turns)

    answer = await talker.tap(choice)

    assert (answer.status, answer["question"]) == (200, SAFETY)
    assert len(engine.turns) == turns


async def test_yes_stops_and_leaves_going_on_to_the_person(talker: Person, says):
    await talker.type(CRY)

    answer = await talker.tap("safe_yes")

    assert answer.texts == [says("utter_safe_yes")]
    assert (answer["question"], answer.values) == (SAFETY, ["continue"])


@pytest.mark.parametrize("words", ["Ja", "verder", "ga verder!", "Oké"])
async def test_after_yes_going_on_can_be_typed(talker: Person, words: str):
    await talker.type(CRY)
    await talker.tap("safe_yes")

    assert (await talker.type(words))["question"]["id"] == "wellbeing_week"


async def test_no_says_whom_to_call_again(talker: Person, says):
    await talker.type(CRY)

    answer = await talker.tap("safe_no")

    assert answer.texts == [says("utter_safe_no"), says("utter_help_suicide_again")]
    assert answer.values == ["continue"]


async def test_no_for_a_night_without_a_roof_asks_about_danger(talker: Person, says):
    await talker.type("Ik slaap vannacht op straat.")

    assert (await talker.tap("safe_no")).texts[0] == says("utter_safe_no_danger")


async def test_after_no_every_message_gets_the_same_care(talker: Person, says):
    await talker.type(CRY)
    await talker.tap("safe_no")

    for words in ("ik weet het niet", "ja", "?"):
        answer = await talker.type(words)
        assert answer.texts == [says("utter_help_suicide_again")]
        assert (answer["question"], answer.values) == (SAFETY, ["continue"])


async def test_after_no_the_talk_goes_on_when_the_person_says_so(talker: Person):
    await talker.type(CRY)
    await talker.tap("safe_no")

    assert (await talker.tap("continue"))["question"]["id"] == "wellbeing_week"


@pytest.mark.parametrize(("words", "key"), [("nee", "utter_safe_no"), ("Ja.", "utter_safe_yes")])
async def test_safety_can_be_answered_in_words(talker: Person, says, words: str, key: str):
    await talker.type(CRY)

    assert (await talker.type(words)).texts[0] == says(key)


async def test_a_false_alarm_loses_nothing(talker: Person, engine: FakeEngine, says):
    await talker.type(CRY)
    back = await talker.tap("continue")

    assert back.texts == [says("utter_misread"), says("utter_ask_wellbeing_week"), says("utter_ask_keep")]
    assert back["question"]["id"] == "wellbeing_week"
    assert back.values == ["keep_yes", "keep_no"]


async def test_words_that_are_kept_become_the_answer(talker: Person, engine: FakeEngine):
    await talker.type(CRY)
    await talker.tap("continue")

    answer = await talker.tap("keep_yes")

    assert answer["question"]["id"] == "wellbeing_good"
    assert (engine.turns[-1]["text"], engine.turns[-1]["answerAnyway"]) == (CRY, True)


async def test_words_that_are_not_kept_leave_the_question(talker: Person, says):
    await talker.type(CRY)
    await talker.tap("continue")

    answer = await talker.tap("keep_no")

    assert answer.texts == [says("utter_not_kept"), says("utter_ask_wellbeing_week")]


async def test_a_disclosure_is_not_on_the_page_unless_chosen(talker: Person):
    await talker.type(CRY)
    await talker.tap("continue", "keep_no")

    assert (await talker.call("GET", "/summary"))["sections"] == []


async def test_answering_the_question_is_also_not_keeping_the_words(talker: Person, engine: FakeEngine):
    await talker.type(CRY)
    await talker.tap("continue")

    assert (await talker.type("Het was een rustige week."))["question"]["id"] == "wellbeing_good"
    assert engine.turns[-1]["record"]["help"] is None


async def test_after_yes_there_are_no_excuses(talker: Person, says):
    await talker.type(CRY)
    await talker.tap("safe_yes")

    assert says("utter_misread") not in (await talker.tap("continue")).texts


async def test_before_consent_the_words_are_not_offered(person: Person, says):
    await person.type(CRY)

    back = await person.tap("continue")

    assert back["question"]["id"] == "consent"
    assert says("utter_ask_keep") not in back.texts
    assert says("utter_misread") not in back.texts


async def test_reading_while_help_waits_shows_the_question_about_safety(talker: Person, says):
    await talker.type(CRY)

    read = await talker.reads()

    assert (read["question"], read.texts[-1]) == (SAFETY, says("utter_ask_safety"))


async def test_resuming_while_help_waits_shows_only_that(talker: Person, says):
    await talker.type(CRY)

    resumed = await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    assert resumed.texts == [says("utter_ask_safety")]


async def test_names_in_a_cry_are_not_shown_again(talker: Person):
    await talker.type("hij slaat mij, Karin weet het")

    assert "Karin" not in str((await talker.reads()).body)


async def test_erasing_works_from_a_help_turn(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.type(CRY)
    asked = await talker.tap("erase")

    gone = await talker.tap("erase_yes")

    assert asked["question"]["id"] == "erase"
    assert gone["erased"]
    assert gone["question"] is None
    assert (await talker.reads()).status == 404


async def test_not_erasing_asks_about_safety_again(talker: Person):
    await talker.type(CRY)
    await talker.tap("erase")

    assert (await talker.type("nee"))["question"] == SAFETY


@pytest.mark.parametrize(("choice", "key"), [("explain", "utter_explain_safety"), ("human", "utter_human")])
async def test_an_explanation_and_a_human_stay_in_reach(talker: Person, says, choice: str, key: str):
    await talker.type(CRY)

    answer = await talker.tap(choice)

    assert answer.texts == [says(key), says("utter_ask_safety")]


async def test_a_repeated_cry_gets_its_first_reply(talker: Person):
    first = await talker.say(text=CRY, messageId="c1")

    assert (await talker.say(text=CRY, messageId="c1")).body == first.body
