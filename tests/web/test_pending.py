"""With the engine down a message is kept, in order, and answered once."""

from typing import Any

import pytest

from bot.web import unaided
from bot.web.content import Content
from bot.web.engine_client import EngineFailed, EngineLate
from bot.web.pending import GIVE_UP
from tests.web.caller import Answer, Person
from tests.web.fakes import FakeEngine


async def test_the_person_reads_that_it_will_be_tried_again(talker: Person, engine: FakeEngine, says):
    engine.is_down = True

    answer = await talker.type("Ik was moe.")

    assert (answer.status, answer.texts) == (200, [says("utter_engine_down")])
    assert answer["messages"][0]["kind"] == "info"
    assert answer["pending"] is True


async def test_the_reply_follows_through_reading(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.type("Ik was moe.")
    engine.is_down = False

    read = await talker.reads()

    assert read["question"]["id"] == "wellbeing_good"
    assert read.texts.count("Ik was moe.") == 1
    assert "pending" not in read.body


async def test_a_kept_message_is_answered_once(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.say(text="Ik was moe.", messageId="m1")
    engine.is_down = False
    turns = len(engine.turns)

    for _ in range(3):
        await talker.reads()
        await talker.say(text="Ik was moe.", messageId="m1")

    assert len(engine.turns) == turns + 1


async def test_a_repeat_of_a_kept_message_gets_its_first_reply(talker: Person, engine: FakeEngine):
    engine.is_down = True
    first = await talker.say(text="Ik was moe.", messageId="m1")

    assert (await talker.say(text="Ik was moe.", messageId="m1")).body == first.body
    assert (await talker.say(text="Iets anders.", messageId="m1")).status == 409


async def test_kept_messages_come_before_the_next_one(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.type("een")
    await talker.type("twee")
    engine.is_down = False

    await talker.type("drie")

    assert [turn["text"] for turn in engine.turns[-3:]] == ["een", "twee", "drie"]


async def test_nothing_overtakes_what_waits(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.type("een")
    engine.is_down = False
    engine.trouble = [EngineFailed()]

    answer = await talker.type("twee")

    assert answer["pending"] is True
    await talker.reads()
    assert [turn["text"] for turn in engine.turns[-2:]] == ["een", "twee"]


async def test_a_tap_is_kept_too(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.tap("good")
    engine.is_down = False

    assert (await talker.reads())["progress"]["answered"] == 1


async def test_before_consent_nothing_is_kept(person: Person, engine: FakeEngine, says):
    engine.is_down = True
    answer = await person.type("Ik ben Karin.")
    engine.is_down = False

    assert answer.texts == [says("utter_engine_down_unkept")]
    assert (await person.reads())["question"]["id"] == "consent"


async def test_before_consent_the_same_message_may_be_sent_again(person: Person, engine: FakeEngine):
    engine.is_down = True
    await person.say(choice="consent_yes", messageId="m1")
    engine.is_down = False

    assert (await person.say(choice="consent_yes", messageId="m1"))["question"]["id"] == "remember"


async def test_everything_can_be_erased_with_the_engine_down(talker: Person, engine: FakeEngine, says):
    engine.is_down = True
    await talker.type("Ik was moe.")

    asked, erased = await talker.tap("erase"), await talker.tap("erase_yes")

    assert (asked.texts, asked["question"]["id"]) == ([says("utter_ask_erase")], "erase")
    assert (erased.texts, erased["erased"]) == ([says("utter_erased")], True)
    assert (await talker.reads()).status in (401, 404)


async def test_erasing_with_the_engine_down_can_be_typed_too(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.tap("erase")

    assert (await talker.type("Ja!"))["erased"] is True


async def test_not_erasing_brings_the_question_back(talker: Person, engine: FakeEngine, says):
    engine.is_down = True
    await talker.tap("erase")

    kept = await talker.tap("erase_no")

    assert kept.texts[0] == says("utter_not_erased")
    assert kept["question"]["id"] == "wellbeing_week"
    assert kept.values == ["good", "so_so", "bad"]


async def test_words_that_say_no_yes_to_erasing_are_kept_as_an_answer(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.tap("erase")
    await talker.type("Ik was moe.")
    engine.is_down = False

    assert (await talker.reads())["question"]["id"] == "wellbeing_good"


async def test_resuming_delivers_what_was_kept(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.type("Ik was moe.")
    engine.is_down = False

    resumed = await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    assert resumed["question"]["id"] == "wellbeing_good"


async def test_while_help_waits_nothing_kept_is_delivered(talker: Person, engine: FakeEngine):
    engine.is_down = True
    await talker.type("Ik was moe.")
    await talker.type("ik wil dood")
    engine.is_down = False

    assert (await talker.reads())["question"]["id"] == "safety"
    await talker.tap("continue", "keep_no")
    assert (await talker.reads())["question"]["id"] == "wellbeing_good"


async def given_up_on(talker: Person, engine: FakeEngine, trouble: Exception, **said: str) -> Answer:
    """What the person reads when engines failed on their message until it was taken without one."""
    engine.trouble = [trouble for _ in range(1 + GIVE_UP)]
    await talker.say(**said)
    return [await talker.reads() for _ in range(GIVE_UP)][-1]


@pytest.mark.parametrize("trouble", [EngineFailed(), EngineLate(was_cut=False)])
async def test_words_that_no_engine_can_take_are_the_answer_all_the_same(
    talker: Person, engine: FakeEngine, trouble: Exception, says
):
    read = await given_up_on(talker, engine, trouble, text="Ik was moe.")

    page = await talker.call("GET", "/summary")
    assert [line["text"] for section in page["sections"] for line in section["lines"]] == ["Ik was moe."]
    assert (read["question"]["id"], read.texts[-1]) == ("wellbeing_good", says("utter_ask_wellbeing_good"))
    assert read.texts.count("Ik was moe.") == 1
    assert (await talker.tap("home"))["progress"]["answered"] == 2


async def test_a_tap_that_no_engine_can_take_is_the_answer_all_the_same(talker: Person, engine: FakeEngine):
    read = await given_up_on(talker, engine, EngineFailed(), choice="good")

    assert (read["question"]["id"], read.texts[-2]) == ("wellbeing_good", "Goed")


async def test_a_command_that_no_engine_can_take_is_told_and_the_question_comes_back(
    talker: Person, engine: FakeEngine, says
):
    read = await given_up_on(talker, engine, EngineFailed(), choice="explain")

    assert read.texts[-2:] == [says("utter_engine_down_unkept"), says("utter_ask_wellbeing_week")]


async def test_words_stay_in_the_talk_even_when_nothing_of_ours_can_take_them(
    talker: Person, engine: FakeEngine, says, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(unaided, "_outcome", None)  # calling it raises

    read = await given_up_on(talker, engine, EngineFailed(), text="Ik was moe.")

    assert read.texts[-3:] == ["Ik was moe.", says("utter_engine_down_unkept"), says("utter_ask_wellbeing_week")]
    assert "pending" not in read.body


async def test_a_yes_to_sharing_is_never_kept_for_later(talker: Person, engine: FakeEngine, says):
    engine.is_down = True

    answer = await talker.say(choice="share_yes", messageId="m1")

    assert answer.texts == [says("utter_engine_down_unkept")]
    assert "pending" not in answer.body


async def test_too_many_kept_messages_are_not_promised(talker: Person, engine: FakeEngine, says):
    engine.is_down = True
    for _ in range(50):
        await talker.tap("repeat")

    assert (await talker.type("nog een")).texts == [says("utter_engine_down_unkept")]


class CutAfterCommit(FakeEngine):
    """Takes the turn, and then the connection breaks."""

    was_cut = True

    async def turn(self, turn: Any) -> dict[str, Any]:
        state = await super().turn(turn)
        if turn["text"] == "Ik was moe." or turn["choice"] == "share_yes":
            raise EngineLate(self.was_cut)
        return state


class CommitsLate(FakeEngine):
    """Is cut off, and its commit comes through after the gateway looked for it."""

    held: Any = None

    async def turn(self, turn: Any) -> dict[str, Any]:
        if turn["text"] != "Ik was moe.":
            return await super().turn(turn)
        if self.held is None:
            self.held = turn
            raise EngineLate(was_cut=True)
        await super().turn(self.held)
        return await super().turn(turn)


class TestWhenTheConnectionBreaksAfterTheTurn:
    """The database tells that the turn was done, so it is not done again."""

    @pytest.fixture(params=[True, False])
    def engine(self, store: Any, content: Content, request: pytest.FixtureRequest, clock: Any) -> FakeEngine:
        engine = CutAfterCommit(store, content, clock)
        engine.was_cut = request.param
        return engine

    async def test_the_reply_is_read_from_the_database(self, talker: Person):
        answer = await talker.type("Ik was moe.")

        assert answer["question"]["id"] == "wellbeing_good"
        assert answer["messages"][-1]["kind"] == "question"
        assert {message["from"] for message in answer["messages"]} == {"bot"}

    async def test_the_code_of_a_page_that_was_shared_is_not_lost(self, talker: Person):
        answer = await talker.tap("good")
        while (waits := answer["question"]["id"]) != "share":
            answer = await talker.tap("continue" if waits in ("menu", "summary") else answer.values[0])

        share = (await talker.tap("share_yes"))["share"]

        opened = await talker.caller.call("POST", f"/v1/shares/{share['shareId']}/open", json={"code": share["code"]})
        assert opened.status == 200

    async def test_the_turn_is_done_once(self, talker: Person):
        await talker.type("Ik was moe.")

        assert (await talker.reads()).texts.count("Ik was moe.") == 1


class TestWhenTheEnginesCommitComesLate:
    """A turn that was sent twice is done once, with or without an id of the sender's."""

    @pytest.fixture
    def engine(self, store: Any, content: Content, clock: Any) -> FakeEngine:
        return CommitsLate(store, content, clock)

    @pytest.mark.parametrize("named", [{}, {"messageId": "m1"}])
    async def test_the_turn_is_done_once(self, talker: Person, named: dict[str, str]):
        answer = await talker.say(text="Ik was moe.", **named)

        assert answer["question"]["id"] == "wellbeing_good"
        assert (await talker.reads()).texts.count("Ik was moe.") == 1


async def test_a_connection_from_before_a_restart_is_tried_anew(talker: Person, engine: FakeEngine):
    engine.trouble = [EngineLate(was_cut=True)]

    assert (await talker.tap("good"))["question"]["id"] == "wellbeing_good"


async def test_an_engine_that_takes_too_long_is_down(talker: Person, engine: FakeEngine, says):
    engine.trouble = [EngineLate(was_cut=False)]

    assert (await talker.tap("good")).texts == [says("utter_engine_down")]
