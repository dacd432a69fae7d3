"""Conversations over HTTP: begun, talked in, read, taken up again and erased."""

import pytest

from bot.core.errors import DatabaseDown
from bot.store.store import Store
from tests.store.builders import Clock
from tests.web.caller import Caller, Person
from tests.web.fakes import FakeEngine


async def test_a_new_conversation_says_welcome_and_asks_consent(caller: Caller):
    created = await caller.call("POST", "/v1/conversations", json={"channel": "web"})

    assert created.status == 201
    assert created["question"] == {"id": "consent", "topic": None, "awaiting": "choice"}
    assert created.values == ["consent_yes", "consent_no"]


async def test_a_new_conversation_gives_its_keys_once(caller: Caller):
    created = await caller.call("POST", "/v1/conversations", json={"channel": "web"})

    assert created["token"]
    assert created["conversationId"]
    assert len(created["resumeCode"]) == 16


@pytest.mark.parametrize("body", [{}, {"channel": "sms"}, {"channel": 3}, {"channel": None}])
async def test_another_channel_is_a_fault_of_its_field(caller: Caller, body: dict[str, object]):
    answer = await caller.call("POST", "/v1/conversations", json=body)

    assert (answer.status, answer.fields) == (400, ["channel"])


async def test_without_an_engine_the_gateway_says_welcome_itself(caller: Caller, engine: FakeEngine):
    engine.is_down = True

    person = await caller.begin()

    assert person.created["question"]["id"] == "consent"
    assert person.created.values == ["consent_yes", "consent_no"]


async def test_a_conversation_welcomed_without_an_engine_goes_on_with_one(caller: Caller, engine: FakeEngine):
    engine.is_down = True
    person = await caller.begin()
    engine.is_down = False

    assert (await person.tap("consent_yes"))["question"]["id"] == "remember"


async def test_a_turn_gives_only_the_new_messages_of_the_bot(talker: Person):
    answer = await talker.type("Ik was vaak moe.")

    assert {message["from"] for message in answer["messages"]} == {"bot"}
    assert answer["question"]["id"] == "wellbeing_good"


async def test_reading_gives_both_sides_in_order(talker: Person):
    await talker.type("Ik was vaak moe.")

    read = await talker.reads()

    assert "Ik was vaak moe." in read.texts
    numbers = [int(message["id"]) for message in read["messages"]]
    assert numbers == sorted(set(numbers))


async def test_the_engine_never_gets_a_number_that_was_masked(talker: Person, engine: FakeEngine):
    await talker.type("Mijn nummer is 123456782.")

    assert engine.turns[-1]["text"] == "Mijn nummer is [bsn]."


async def test_progress_counts_what_was_answered(talker: Person):
    before = (await talker.reads())["progress"]

    after = (await talker.tap("good"))["progress"]

    assert after["answered"] == before["answered"] + 1


async def test_resuming_shows_only_the_question_that_waits(talker: Person):
    await talker.type("Ik was vaak moe.")

    resumed = await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    assert resumed.status == 200
    assert [message["kind"] for message in resumed["messages"]] == ["question"]
    assert resumed["question"]["id"] == "wellbeing_good"


async def test_a_resume_code_may_have_spaces(talker: Person):
    code = " ".join(talker.code[i : i + 4] for i in range(0, 16, 4))

    assert (await talker.caller.call("POST", "/v1/conversations/resume", json={"code": code})).status == 200


async def test_resuming_gives_a_token_that_works(talker: Person):
    resumed = await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    read = await talker.caller.call("GET", f"/v1/conversations/{resumed['conversationId']}", resumed["token"])

    assert read.status == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [""]),
        ({"code": "1234", "link": "x"}, ["", "code"]),
        ({"code": "abc"}, ["code"]),
        ({"code": 1234}, ["code"]),
        ({"link": ""}, ["link"]),
    ],
)
async def test_resuming_tells_all_that_is_wrong(caller: Caller, body: dict[str, object], fields: list[str]):
    answer = await caller.call("POST", "/v1/conversations/resume", json=body)

    assert (answer.status, answer.fields) == (400, fields)


async def test_an_unknown_code_says_to_look_again(caller: Caller):
    answer = await caller.call("POST", "/v1/conversations/resume", json={"code": "0" * 16})

    assert answer.status == 404
    assert "16 cijfers" in answer["detail"]


async def test_an_unknown_link_is_not_found(caller: Caller):
    assert (await caller.call("POST", "/v1/conversations/resume", json={"link": "spent"})).status == 404


async def test_after_ten_wrong_codes_an_address_waits(caller: Caller):
    wrong = {"code": "0" * 16}
    for _ in range(10):
        assert (await caller.call("POST", "/v1/conversations/resume", json=wrong)).status == 404

    locked = await caller.call("POST", "/v1/conversations/resume", json=wrong)

    assert locked.status == 429
    assert 0 < int(locked.headers["Retry-After"]) <= 900


async def test_after_many_wrong_codes_the_right_one_from_the_same_address_still_opens(talker: Person):
    for _ in range(12):
        await talker.caller.call("POST", "/v1/conversations/resume", json={"code": "0" * 16})

    assert (await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})).status == 200


async def test_right_codes_do_not_lock_a_library(talker: Person):
    for _ in range(12):
        answer = await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})
        assert answer.status == 200


async def test_erasing_leaves_nothing_and_needs_no_engine(talker: Person, engine: FakeEngine):
    engine.is_down = True

    assert (await talker.call("DELETE")).status == 204

    assert (await talker.reads()).status == 404


async def test_an_erased_conversation_cannot_be_resumed(talker: Person):
    await talker.call("DELETE")

    answer = await talker.caller.call("POST", "/v1/conversations/resume", json={"code": talker.code})

    assert answer.status == 404


CALLS = [
    ("GET", ""),
    ("POST", "/messages"),
    ("GET", "/summary"),
    ("PATCH", "/summary/topics/goals"),
    ("PATCH", "/summary/lines/goals_first"),
    ("DELETE", "/summary/lines/goals_first"),
    ("POST", "/shares"),
    ("GET", "/shares"),
    ("DELETE", "/shares/abc"),
    ("DELETE", ""),
]
BODY = {"text": "hoi", "shared": True}


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_without_a_token_nothing_opens(person: Person, method: str, path: str):
    answer = await person.caller.call(method, person.path + path, json=BODY)

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_a_wrong_token_opens_nothing(person: Person, method: str, path: str):
    assert (await person.caller.call(method, person.path + path, "wrong", json=BODY)).status == 401


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_the_token_of_another_conversation_finds_nothing(person: Person, caller: Caller, method: str, path: str):
    other = await caller.begin()

    assert (await caller.call(method, person.path + path, other.token, json=BODY)).status == 404


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_an_unknown_conversation_is_not_found(person: Person, method: str, path: str):
    answer = await person.caller.call(method, "/v1/conversations/nobody" + path, person.token, json=BODY)

    assert answer.status == 404


async def test_with_the_database_down_the_person_is_told_when_to_try_again(
    person: Person, store: Store, monkeypatch: pytest.MonkeyPatch
):
    def down(*_: object) -> None:
        raise DatabaseDown

    monkeypatch.setattr(store, "unlock", down)

    answer = await person.tap("consent_yes")

    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0


async def test_times_are_utc(talker: Person, clock: Clock):
    assert all(message["at"].endswith("Z") for message in (await talker.reads())["messages"])
