"""What may not reach a disk is held in memory, for a while, and its loss costs nobody more than saying it again."""

import pytest

from bot.store.store import Store
from bot.web.gateway import GATEWAY
from bot.web.held import KEPT, MOST, Holding
from tests.store.builders import Clock
from tests.web.caller import Caller, Person
from tests.web.fakes import FakeEngine

WORDS = ("Ik ben Karin", "hij slaat mij", "het is zwaar")
SAID = [*({"text": words} for words in WORDS), {"choice": "why"}, {"choice": "consent_no"}]


def on_disk(store: Store, person: Person) -> list[object]:
    key = store.unlock(person.id, person.token)
    return [store.load(person.id, key).record, store.messages(person.id, key), store.reply(person.id, key, "m1")]


def memory_is_lost(caller: Caller) -> None:
    gateway = caller.client.app[GATEWAY]
    for conversation_id in list(gateway.holding._held):
        gateway.holding.keep(conversation_id, None)


@pytest.mark.parametrize("is_down", [False, True])
@pytest.mark.parametrize(
    "said",
    [
        {"text": "Ik ben Karin"},
        {"text": "hij slaat mij"},
        {"text": "het is zwaar"},
        {"choice": "why"},
        {"choice": "consent_no"},
    ],
)
async def test_before_the_first_yes_no_turn_changes_the_database(
    person: Person, store: Store, engine: FakeEngine, said: dict[str, str], is_down: bool
):
    before = on_disk(store, person)
    engine.is_down = is_down

    answer = await person.say(**said, messageId="m1")

    assert answer.status == 200
    assert on_disk(store, person) == before


async def test_before_the_first_yes_a_repeated_message_still_gets_its_first_reply(person: Person, engine: FakeEngine):
    first = await person.say(text="Wat is dit?", messageId="m1")
    again = await person.say(text="Wat is dit?", messageId="m1")

    assert again.body == first.body
    assert (await person.say(text="Iets anders", messageId="m1")).status == 409


async def test_before_the_first_yes_the_talk_can_be_read_and_goes_on(person: Person, says):
    await person.type("hij slaat mij")

    state = await person.reads()

    assert state["question"]["id"] == "safety"
    assert state.texts[0] == says("utter_welcome")
    assert (await person.tap("continue"))["question"]["id"] == "consent"


async def test_at_the_first_yes_nothing_of_before_it_is_written(person: Person, store: Store):
    await person.type("hij slaat mij")
    await person.tap("continue", "consent_yes")

    record, messages, _ = on_disk(store, person)

    assert not {"help", "helpTold", "concerns"} & {name for name, value in record.items() if value}
    assert "geweld" not in str(messages).lower()
    assert [entry["name"] for entry in record["consents"]] == ["consent"]


async def test_after_a_restart_the_welcome_and_the_first_question_come_again(caller: Caller, person: Person, says):
    await person.tap("consent_no")
    memory_is_lost(caller)

    state = await person.reads()

    assert (state.texts, state["question"]["id"]) == ([says("utter_welcome"), says("utter_ask_consent")], "consent")
    assert (await person.tap("consent_yes"))["question"]["id"] == "remember"


async def test_a_restart_after_the_first_yes_forgets_nothing(caller: Caller, talker: Person):
    await talker.type("Ik was moe.")
    memory_is_lost(caller)

    assert (await talker.reads())["progress"]["answered"] == 1


ILL_CRY = "hij slaat mij door mijn depressie"


async def test_words_about_health_wait_in_memory_and_go_on_from_there(talker: Person, store: Store):
    await talker.type("ik heb een depressie")
    assert "depressie" not in str(on_disk(store, talker))

    await talker.tap("health_yes")

    assert "depressie" in str(on_disk(store, talker))


async def test_words_about_health_are_not_kept_while_no_engine_answers(
    talker: Person, store: Store, engine: FakeEngine, says
):
    engine.is_down = True

    answer = await talker.type("ik heb een depressie")

    assert answer.texts == [says("utter_engine_down_unkept")]
    assert "depressie" not in str(on_disk(store, talker))


async def test_a_cry_about_health_is_held_and_its_words_can_still_be_the_answer(talker: Person, store: Store, says):
    await talker.type(ILL_CRY)
    assert "depressie" not in str(on_disk(store, talker))

    assert says("utter_ask_keep") in (await talker.tap("continue")).texts
    assert (await talker.tap("keep_yes"))["question"]["id"] == "health_consent"


async def test_words_that_were_lost_just_before_the_yes_are_asked_for_again(caller: Caller, talker: Person, says):
    await talker.type(ILL_CRY)
    await talker.tap("continue")
    memory_is_lost(caller)

    answer = await talker.tap("keep_yes")

    assert answer.texts[0] == says("utter_health_words_lost")
    assert (await talker.reads())["progress"]["answered"] == 0


async def test_a_cry_about_health_is_not_kept_for_an_engine_without_a_yes(
    talker: Person, store: Store, engine: FakeEngine
):
    await talker.type(ILL_CRY)
    await talker.tap("continue")
    engine.is_down = True
    await talker.tap("keep_yes")

    assert "depressie" not in str(on_disk(store, talker))


async def test_words_about_health_said_while_help_waits_are_not_kept(talker: Person, store: Store):
    await talker.type("hij slaat mij")
    await talker.type("ik heb ook een depressie")

    assert "depressie" not in str(on_disk(store, talker))


async def test_what_was_chosen_before_the_first_yes_is_not_written_at_it(person: Person, store: Store):
    await person.call("PATCH", json={"meeting": "2025-12-01"})
    await person.tap("consent_yes")

    assert on_disk(store, person)[0].get("meeting") is None


async def test_a_thousand_new_talks_push_nothing_out(caller: Caller, talker: Person):
    await talker.type("ik heb een depressie")
    before = len(caller.client.app[GATEWAY].holding._held)

    for _ in range(5):
        await caller.begin()

    assert len(caller.client.app[GATEWAY].holding._held) == before


async def test_a_cry_whose_words_were_lost_offers_none_as_the_answer(caller: Caller, talker: Person, says):
    await talker.type(ILL_CRY)
    memory_is_lost(caller)

    answer = await talker.tap("continue")

    assert says("utter_ask_keep") not in answer.texts
    assert answer["question"]["id"] == "wellbeing_week"


def test_what_was_quiet_for_an_hour_is_let_go():
    seconds = [0.0]
    holding = Holding(lambda: seconds[0])
    holding.keep("a", {"words": {"text": "x"}})

    seconds[0] = KEPT
    holding.keep("b", {"words": {"text": "y"}})

    assert holding.of("a").words is None
    assert list(holding._held) == ["b"]


def test_the_memory_has_room_for_so_many_and_the_quietest_goes_first():
    holding = Holding(lambda: 0.0)
    for number in range(MOST + 2):
        holding.keep(str(number), {"words": {"text": "x"}})
        holding.keep("busy", {"words": {"text": "y"}})

    assert len(holding._held) == MOST
    assert holding.of("busy").words == {"text": "y"}
    assert holding.of("0").words is None


def test_what_is_held_shows_no_word_in_a_log():
    holding = Holding()
    holding.keep("a", {"record": {"x": "geheim"}, "messages": [{"text": "geheim"}]})

    assert "geheim" not in repr(holding.of("a"))


async def test_erasing_lets_go_of_what_is_held(caller: Caller, person: Person, clock: Clock):
    await person.call("DELETE")

    assert person.id not in caller.client.app[GATEWAY].holding._held
