"""A doubtful cry is kept as the answer and followed by one warm question."""

import pytest

from tests.web.caller import Person
from tests.web.fakes import FakeEngine


async def test_a_doubtful_cry_is_an_answer_and_a_warm_question(talker: Person, says):
    answer = await talker.type("Het is zwaar.")

    assert answer.texts[-1] == says("utter_ask_concern")
    assert answer.values == ["concern_ok", "concern_help", "pause"]


@pytest.mark.parametrize("say", [{"choice": "concern_ok"}, {"text": "ja het gaat"}, {"text": "ik ben er nog"}])
async def test_after_a_concern_the_next_question_waits(talker: Person, says, say: dict[str, str]):
    await talker.type("Het is zwaar.")

    answer = await talker.say(**say)

    assert answer.texts == [says("utter_concern_ok"), says("utter_ask_wellbeing_good")]
    assert answer["question"]["id"] == "wellbeing_good"


@pytest.mark.parametrize("say", [{"choice": "concern_help"}, {"text": "Nee"}, {"text": "het is heel zwaar"}])
async def test_a_concern_opens_every_line_of_help(talker: Person, says, say: dict[str, str]):
    await talker.type("Het is zwaar.")

    answer = await talker.say(**say)

    assert answer.texts[-1] == says("utter_ask_safety")
    assert "113" in answer.texts[0]
    assert "112" in answer.texts[0]


async def test_going_on_after_a_concern_is_one_tap(talker: Person):
    await talker.type("Het is zwaar.")

    assert (await talker.tap("skip"))["question"]["id"] == "wellbeing_good"


async def test_a_pause_after_a_concern_goes_to_the_engine(talker: Person, engine: FakeEngine):
    await talker.type("Het is zwaar.")

    await talker.tap("pause")

    assert (engine.turns[-1]["choice"], engine.turns[-1]["record"]["help"]) == ("pause", None)


async def test_a_concern_without_an_engine_is_asked_by_the_gateway(talker: Person, engine: FakeEngine, says):
    engine.is_down = True

    answer = await talker.type("Het is zwaar.")

    assert answer.texts == [says("utter_engine_down"), says("utter_ask_concern")]


@pytest.mark.parametrize("words", ["Hulp nu", "help", "nee het gaat niet goed maar ik wil niks"])
async def test_a_no_or_a_call_for_help_is_not_taken_for_fine(talker: Person, words: str):
    await talker.type("Het is zwaar.")

    assert (await talker.type(words))["question"]["id"] == "safety"


async def test_a_pause_after_a_concern_can_be_typed(talker: Person, engine: FakeEngine):
    await talker.type("Het is zwaar.")

    await talker.type("liever pauze")

    assert engine.turns[-1]["text"] == "liever pauze"


async def test_a_third_doubtful_cry_is_answered_as_a_clear_one(talker: Person, engine: FakeEngine):
    for _ in range(2):
        await talker.type("Het is zwaar.")
        await talker.tap("concern_ok")

    answer = await talker.type("Het blijft zwaar.")

    assert answer["question"]["id"] == "safety"
    assert "113" in answer.texts[0]


async def test_words_of_a_third_doubtful_cry_can_still_be_the_answer(talker: Person):
    for words in ("Het is zwaar.", "Alles is zwaar."):
        await talker.type(words)
        await talker.tap("concern_ok")
    await talker.type("Het blijft zwaar.")

    assert "keep_yes" in (await talker.tap("continue")).values


async def test_after_a_help_turn_counting_begins_anew(talker: Person, says):
    await talker.type("Het is zwaar.")
    await talker.tap("concern_ok")
    await talker.type("ik wil dood")
    await talker.tap("continue", "keep_no")

    for _ in range(2):
        assert (await talker.type("Het is zwaar.")).texts[-1] == says("utter_ask_concern")
        await talker.tap("concern_ok")


async def test_how_often_there_was_doubt_is_told_to_nobody(talker: Person):
    answer = await talker.type("Het is zwaar.")

    assert "concerns" not in answer.body
    assert "concerns" not in (await talker.reads()).body
