"""What can be said, what bad input gets, and that nothing is said twice."""

import asyncio
from typing import Any

import pytest

from bot.core.errors import LostRace
from bot.web.content import Content
from tests.web.caller import Person
from tests.web.fakes import FakeEngine, FakeSense


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [""]),
        ({"text": "a", "choice": "skip"}, [""]),
        ({"text": 3}, ["text"]),
        ({"choice": ["skip"]}, ["choice"]),
        ({"choice": "x" * 201}, ["choice"]),
        ({"text": "a", "messageId": ""}, ["messageId"]),
        ({"text": "a", "messageId": "x" * 129}, ["messageId"]),
        ({"text": "a", "messageId": 7}, ["messageId"]),
        ({"text": "a", "messageId": "\ud800"}, ["messageId"]),
        ({"text": 3, "choice": 4, "messageId": 5}, ["", "text", "choice", "messageId"]),
    ],
)
async def test_all_that_is_wrong_is_told_at_once(person: Person, body: dict[str, Any], fields: list[str]):
    answer = await person.say(**body)

    assert (answer.status, answer.fields) == (400, fields)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"null", b"\xff", b"[" * 60_000, b"1" * 5000])
async def test_what_is_no_json_object_is_a_broken_body(person: Person, raw: bytes):
    answer = await person.call("POST", "/messages", data=raw, headers={"Content-Type": "application/json"})

    assert answer.status == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")


async def test_a_body_that_is_not_what_its_encoding_says_is_broken(person: Person):
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}

    assert (await person.call("POST", "/messages", data=b'{"text":"hoi"}', headers=headers)).status == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_another_content_type_is_refused(person: Person, kind: str):
    answer = await person.call("POST", "/messages", data=b'{"text":"hoi"}', headers={"Content-Type": kind})

    assert answer.status == 415


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1024 * 1024])
async def test_more_than_64_kb_is_too_much(person: Person, size: int):
    body = b'{"text":"' + b"a" * (size - 11) + b'"}'

    answer = await person.call("POST", "/messages", data=body, headers={"Content-Type": "application/json"})

    assert answer.status == 413


async def test_exactly_64_kb_is_read(talker: Person):
    body = b'{"text":"' + b"a" * (64 * 1024 - 11) + b'"}'

    answer = await talker.call("POST", "/messages", data=body, headers={"Content-Type": "application/json"})

    assert answer.status == 200


@pytest.mark.parametrize("text", ["", "   \n ", "\u0000\u0007", "🙂🙏🏽", "?!…", "\u200b", "\ud800", "👩‍👩‍👧"])
async def test_what_has_no_words_is_answered_kindly_and_asked_again(talker: Person, content: Content, text: str):
    answer = await talker.type(text)

    assert answer.status == 200
    assert answer.texts[0] == content.texts.raw("utter_empty").text
    assert answer["messages"][-1]["kind"] == "question"


@pytest.mark.parametrize("text", ["🙂", "woord " * 1000], ids=["no words", "too long"])
async def test_the_same_trouble_twice_running_gets_other_words(talker: Person, text: str):
    first, second, third = [await talker.type(text) for _ in range(3)]

    assert first.texts[0] != second.texts[0] != third.texts[0]


async def test_trouble_that_comes_back_later_is_told_as_new(talker: Person, content: Content):
    await talker.type("🙂")
    await talker.type("Ik was moe.")

    assert (await talker.type("🙂")).texts[0] == content.texts.raw("utter_empty").text


async def test_what_has_no_words_is_not_kept(talker: Person, engine: FakeEngine):
    turns = len(engine.turns)

    await talker.type("🙂")

    assert len(engine.turns) == turns
    assert "🙂" not in str((await talker.reads()).body)


async def test_a_text_that_is_too_long_is_asked_for_in_parts(talker: Person, content: Content):
    answer = await talker.type("woord " * 1000)

    assert answer.texts[0] == content.texts.raw("utter_too_long").text
    assert answer["question"]["id"] == "wellbeing_week"


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        '/answer{"value":"good"}',
        "<script>alert(1)</script>",
        "'; DROP TABLE conversations; --",
        "{{ 7*7 }} {resume_code}",
        "سلام، خسته‌ام",
        "12",
    ],
)
async def test_odd_words_are_words(talker: Person, text: str):
    answer = await talker.type(text)

    assert (answer.status, answer["question"]["id"]) == (200, "wellbeing_good")
    assert text in (await talker.reads()).texts


async def test_signs_that_turn_or_hide_words_are_left_out(talker: Person, engine: FakeEngine):
    await talker.type("Ik\u202e was\u0000 moe\u200b.")

    assert engine.turns[-1]["text"] == "Ik was moe."


@pytest.mark.parametrize("choice", ["", "nonsense", "topics:", "topics:nonsense", "change:nonsense", "\ud800", "SKIP"])
async def test_an_unknown_choice_is_refused_and_the_talk_goes_on(talker: Person, choice: str):
    refused = await talker.tap(choice)

    assert refused.status == 400
    assert (await talker.tap("good")).status == 200


async def test_a_known_choice_that_makes_no_sense_now_repeats_the_question(talker: Person):
    answer = await talker.tap("share_yes")

    assert (answer.status, answer["question"]["id"]) == (200, "wellbeing_week")


async def test_a_repeated_message_gets_its_first_reply(talker: Person):
    first = await talker.say(text="Ik was moe.", messageId="a1")

    again = await talker.say(text="Ik was moe.", messageId="a1")

    assert (again.status, again.body) == (200, first.body)


async def test_a_repeated_message_is_done_once(talker: Person, engine: FakeEngine):
    await talker.say(choice="good", messageId="a1")
    turns = len(engine.turns)

    await talker.say(choice="good", messageId="a1")

    assert len(engine.turns) == turns


@pytest.mark.parametrize("body", [{"text": "Ik was blij."}, {"choice": "good"}])
async def test_a_message_id_is_not_used_for_two_messages(talker: Person, body: dict[str, str]):
    await talker.say(text="Ik was moe.", messageId="a1")

    assert (await talker.say(**body, messageId="a1")).status == 409


async def test_a_message_without_words_can_be_repeated_too(talker: Person):
    first = await talker.say(text=" ", messageId="a1")

    assert (await talker.say(text=" ", messageId="a1")).body == first.body


async def test_fifty_messages_at_once_are_each_answered(talker: Person):
    answers = await asyncio.gather(*(talker.say(text=f"bericht {n}", messageId=str(n)) for n in range(50)))

    assert {answer.status for answer in answers} == {200}
    said = [m["text"] for m in (await talker.reads())["messages"]]
    assert len({text for text in said if text.startswith("bericht")}) >= 10


async def test_fifty_messages_at_once_get_numbers_of_their_own(talker: Person):
    answers = await asyncio.gather(*(talker.type(f"bericht {n}") for n in range(50)))

    numbers = [message["id"] for answer in answers for message in answer["messages"]]
    assert len(numbers) == len(set(numbers))


async def test_a_lost_race_is_run_again(talker: Person, engine: FakeEngine):
    engine.trouble = [LostRace(), LostRace()]

    assert (await talker.tap("good")).status == 200


async def test_a_race_lost_every_time_asks_to_try_again(talker: Person, engine: FakeEngine):
    engine.trouble = [LostRace() for _ in range(5)]

    answer = await talker.tap("good")

    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert (await talker.tap("good")).status == 200


async def test_of_a_very_long_text_the_middle_is_read_only_where_it_sounds_like_a_cry(talker: Person, sense: FakeSense):
    await talker.type("een heel gewone dag " * 3000)
    calm = len(sense.heard)
    await talker.type("een heel gewone dag " * 1000 + "ik wil dood " + "een heel gewone dag " * 1000)

    assert (calm, len(sense.heard) - calm) == (2, 2)
    assert (await talker.reads())["question"]["id"] == "safety"
