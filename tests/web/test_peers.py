"""Nobody has to come back to the same gateway: what may not reach a disk follows its person."""

import asyncio
import json
from typing import Any

import pytest
import structlog

from bot.store.store import Store
from bot.web.api import peer
from tests.web.caller import Person
from tests.web.pair import Pair
from tests.web.test_held import ILL_CRY, on_disk

ILL = "ik heb een depressie"


async def begun(pair: Pair, number: int = 0) -> Person:
    """Somebody who said yes to keeping answers, at this gateway."""
    person = await pair.begin(number)
    await person.tap("consent_yes", "remember_no")
    return person


@pytest.fixture(params=[(0, 1), (1, 0)], ids=["there", "back"])
def ways(request: pytest.FixtureRequest) -> tuple[int, int]:
    """From which gateway to which other one."""
    return request.param


async def test_a_talk_before_its_yes_goes_on_at_another_gateway(pair: Pair, ways: tuple[int, int], says):
    here, there = ways
    person = await pair.begin(here)
    await person.type("hij slaat mij")

    state = await pair.at(there, person).reads()

    assert (state["question"]["id"], state.texts[0]) == ("safety", says("utter_welcome"))
    assert (await pair.at(there, person).tap("continue"))["question"]["id"] == "consent"


async def test_it_may_change_gateways_at_every_message(pair: Pair):
    person = await pair.begin(0)
    said = [{"text": "hij slaat mij"}, {"choice": "safe_yes"}, {"choice": "explain"}, {"choice": "continue"}]

    answers = [await pair.at((number + 1) % 2, person).say(**body) for number, body in enumerate(said)]
    ids = [int(message["id"]) for message in (await person.reads())["messages"]]

    assert [answer["question"]["id"] for answer in answers] == ["safety", "safety", "safety", "consent"]
    assert ids == sorted(set(ids))


async def test_a_repeated_message_gets_its_first_reply_there_too(pair: Pair):
    person = await pair.begin(0)
    first = await person.say(text="Wat is dit?", messageId="m1")
    there = pair.at(1, person)

    assert (await there.say(text="Wat is dit?", messageId="m1")).body == first.body
    assert (await there.say(text="Iets anders", messageId="m1")).status == 409


async def test_words_about_health_are_kept_by_a_yes_at_another_gateway(pair: Pair, ways: tuple[int, int], store: Store):
    here, there = ways
    person = await begun(pair, here)
    await person.type(ILL)

    await pair.at(there, person).tap("health_yes")

    assert ILL in str(on_disk(store, person)[0])


async def test_a_cry_about_health_can_be_the_answer_at_another_gateway(pair: Pair, says):
    person = await begun(pair)
    await person.type(ILL_CRY)

    assert says("utter_ask_keep") in (await pair.at(1, person).tap("continue")).texts
    assert (await person.tap("keep_yes"))["question"]["id"] == "health_consent"


async def test_after_the_yes_nobody_holds_it_any_more(pair: Pair):
    person = await begun(pair)
    await person.type(ILL)
    await pair.at(1, person).tap("health_yes")
    await asyncio.gather(*pair.gateway(1).peers._beside)

    assert [person.id in pair.gateway(number).holding._held for number in (0, 1)] == [False, False]


async def test_erasing_lets_go_of_it_everywhere(pair: Pair):
    one, other = await pair.begin(0), await begun(pair)
    await one.type("hij slaat mij")
    await other.type(ILL)

    await pair.at(1, one).call("DELETE")
    await pair.at(1, other).tap("erase", "erase_yes")

    held = [*pair.gateway(0).holding._held, *pair.gateway(1).holding._held]
    assert {one.id, other.id} & set(held) == set()


@pytest.mark.parametrize("said", [ILL, ILL_CRY])
async def test_a_gateway_that_is_killed_takes_no_words_along(pair: Pair, said: str):
    person = await begun(pair)
    await person.type(said)
    await pair.kill(0)

    state = await pair.at(1, person).tap(*(["continue", "keep_yes"] if said == ILL_CRY else []), "health_yes")

    assert state["progress"]["answered"] == 1


async def test_before_the_yes_a_gateway_that_is_killed_takes_nothing_along(pair: Pair):
    person = await pair.begin(0)
    await person.type("hij slaat mij")
    await pair.kill(0)

    assert (await pair.at(1, person).reads())["question"]["id"] == "safety"


async def test_a_message_that_comes_again_brings_its_words_back(pair: Pair, store: Store):
    person = await begun(pair)
    pair.is_alone(0)
    await person.say(text=ILL, messageId="m1")
    await pair.kill(0)

    there = pair.at(1, person)
    await there.say(text=ILL, messageId="m1")
    await there.tap("health_yes")

    assert ILL in str(on_disk(store, person)[0])


async def test_without_a_copy_and_without_its_gateway_the_words_are_asked_for_again(pair: Pair, says):
    person = await begun(pair)
    pair.is_alone(0)
    await person.type(ILL_CRY)
    await person.tap("continue")
    await pair.kill(0)

    assert (await pair.at(1, person).tap("keep_yes")).texts[0] == says("utter_health_words_lost")


async def test_a_gateway_that_stops_hands_over_what_nobody_else_has(pair: Pair):
    person = await pair.begin(0)
    pair.is_alone(0)
    await person.type("hij slaat mij")
    assert person.id not in pair.gateway(1).holding._held

    await pair.stop(0)

    assert pair.gateway(1).holding.of(person.id).whose == "taken"
    assert (await pair.at(1, person).reads())["question"]["id"] == "safety"


async def test_what_was_handed_over_may_come_back_while_the_gateway_still_answers(pair: Pair):
    person = await pair.begin(0)
    await person.type("hij slaat mij")
    await pair.gateway(0).peers.hand_over()
    await pair.at(1, person).tap("continue")

    assert (await person.reads())["question"]["id"] == "consent"


async def test_words_that_were_said_elsewhere_meanwhile_are_not_mistaken_for_these(pair: Pair, store: Store):
    person = await begun(pair)
    pair.is_alone(0)
    await person.type("eerst een depressie")
    mine = pair.gateway(0).holding.of(person.id)
    pair.forgets(0)
    await pair.at(1, person).type("toch een depressie")
    pair.gateway(0).holding._held[person.id] = mine, pair.gateway(0).holding.clock()  # it did not answer just then

    await person.tap("health_yes")

    assert "toch een depressie" in str(on_disk(store, person)[0])


async def test_after_the_yes_nothing_is_asked_of_others(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    person = await begun(pair)

    async def fails(*_: Any) -> None:
        raise AssertionError("another gateway was asked")

    monkeypatch.setattr(pair.gateway(1).peers._line, "_send", fails)
    there = pair.at(1, person)

    assert (await there.type("Ik was moe."))["progress"]["answered"] == 1
    assert (await there.reads()).status == 200
    assert (await there.call("GET", "/summary")).status == 200


async def test_nothing_held_is_in_the_log_the_database_or_on_the_wire(
    pair: Pair, store: Store, monkeypatch: pytest.MonkeyPatch
):
    wire, joined = [], peer.joined

    async def listened(*sent: Any) -> bytes:
        wire.append(await joined(*sent))
        return wire[-1]

    monkeypatch.setattr(peer, "joined", listened)
    person = await begun(pair)
    with structlog.testing.capture_logs() as events:
        await person.type(ILL)
        await pair.at(1, person).reads()

    assert {event["route"] for event in events} >= {peer.PATH}
    for secret in ("depressie", person.id, person.token):
        assert secret not in json.dumps(events)
        assert secret.encode() not in b"".join(wire)
    assert "depressie" not in str(on_disk(store, person))
    assert len(wire) >= 2
