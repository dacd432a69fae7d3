"""Shares over HTTP: made, listed and withdrawn by the person, opened by the contact person."""

from typing import Any

import pytest

from bot.web.gateway import GATEWAY
from bot.web.limits import SHARE_STRIKES
from tests.store.builders import another_code
from tests.web.caller import Answer, Caller, Person
from tests.web.inviting import record_of


@pytest.fixture
async def sharer(talker: Person) -> Person:
    """Somebody with one line that goes along and one that does not."""
    await talker.type("Ik was vaak moe.")
    await talker.tap("home")
    await talker.call("PATCH", "/summary/lines/wellbeing_week", json={"shared": True})
    return talker


@pytest.fixture
async def share(sharer: Person) -> Answer:
    """The page that this person shares."""
    return await sharer.call("POST", "/shares")


async def opened(caller: Caller, share: Answer, code: Any = None) -> Answer:
    sent = {"code": code or share["code"]}
    return await caller.call("POST", f"/v1/shares/{share['shareId']}/open", json=sent)


async def test_sharing_gives_a_link_and_a_code(share: Answer):
    assert share.status == 201
    assert share["url"] == f"https://voorgesprek.example/s/{share['shareId']}"
    assert len(share["code"]) == 6
    assert share["code"].isdigit()
    assert share["qr"].startswith("<svg")


async def test_a_repeated_call_is_the_same_yes_and_gives_the_same_code(sharer: Person):
    first, again = [await sharer.call("POST", "/shares", json={"messageId": "yes1"}) for _ in range(2)]

    assert (again.status, again.body) == (201, first.body)
    assert len((await sharer.call("GET", "/shares"))["shares"]) == 1


async def test_the_talk_knows_what_was_done_on_the_page(sharer: Person, store: Any):
    def answered() -> Any:
        return record_of(store, sharer)["tracker"]["slots"].get("share")

    first, second = [await sharer.call("POST", "/shares") for _ in range(2)]
    assert answered() == {"value": "share_yes"}

    await sharer.call("DELETE", f"/shares/{first['shareId']}")
    assert answered() == {"value": "share_yes"}
    await sharer.call("DELETE", f"/shares/{second['shareId']}")
    assert answered() == {"value": "share_no"}


async def test_a_page_for_somebody_else_is_no_answer_in_the_talk(sharer: Person, store: Any):
    share = await sharer.call("POST", "/shares", json={"lines": ["wellbeing_week"]})
    assert "share" not in record_of(store, sharer)["tracker"]["slots"]

    await sharer.call("DELETE", f"/shares/{share['shareId']}")
    assert "share" not in record_of(store, sharer)["tracker"]["slots"]


async def test_another_call_is_another_share(sharer: Person):
    for yes in ("yes1", "yes2"):
        await sharer.call("POST", "/shares", json={"messageId": yes})

    assert len((await sharer.call("GET", "/shares"))["shares"]) == 2


async def test_the_id_of_a_message_is_not_the_id_of_a_share(sharer: Person):
    await sharer.say(choice="rest", messageId="m1")

    assert (await sharer.call("POST", "/shares", json={"messageId": "m1"})).status == 409


async def test_an_id_that_is_none_is_told(sharer: Person):
    assert (await sharer.call("POST", "/shares", json={"messageId": 7})).fields == ["messageId"]


async def test_the_code_is_not_in_the_link(share: Answer):
    assert share["code"] not in share["url"]


async def test_sharing_is_itself_the_yes_and_is_recorded(sharer: Person, share: Answer, store: Any):
    key = store.unlock(sharer.id, sharer.token)

    yes = store.load(sharer.id, key).record["consents"][-1]

    assert (yes["name"], yes["given"]) == ("share", True)
    assert yes["textVersion"]


async def test_nothing_to_share_is_told(talker: Person):
    answer = await talker.call("POST", "/shares")

    assert answer.status == 409
    assert answer["title"] == "Niets om te delen"


async def test_the_contact_person_reads_what_is_shared_and_nothing_else(caller: Caller, share: Answer):
    page = await opened(caller, share)

    assert page.status == 200
    assert [line["text"] for section in page["sections"] for line in section["lines"]] == ["Ik was vaak moe."]
    assert set(page.body) == {"sections", "briefing", "sharedAt", "expiresAt"}


async def test_a_shared_page_follows_what_the_person_changes(sharer: Person, caller: Caller, share: Answer):
    await sharer.call("PATCH", "/summary/lines/wellbeing_week", json={"shared": False})

    assert (await opened(caller, share))["sections"] == []


async def test_the_person_sees_that_it_was_opened(sharer: Person, caller: Caller, share: Answer):
    await opened(caller, share)

    (listed,) = (await sharer.call("GET", "/shares"))["shares"]

    assert listed["openedAt"]
    assert listed["withdrawnAt"] is None
    assert (listed["shareId"], listed["url"]) == (share["shareId"], share["url"])
    assert "code" not in listed


async def test_nothing_shared_is_an_empty_list(talker: Person):
    assert (await talker.call("GET", "/shares")).body == {"shares": []}


async def test_withdrawing_closes_the_page_at_once(sharer: Person, caller: Caller, share: Answer):
    assert (await sharer.call("DELETE", f"/shares/{share['shareId']}")).status == 204

    assert (await opened(caller, share)).status == 410
    assert (await sharer.call("GET", "/shares"))["shares"][0]["withdrawnAt"]


async def test_withdrawing_twice_is_fine(sharer: Person, share: Answer):
    for _ in range(2):
        assert (await sharer.call("DELETE", f"/shares/{share['shareId']}")).status == 204


async def test_nobody_withdraws_the_share_of_another(caller: Caller, share: Answer):
    other = await caller.begin()

    assert (await other.call("DELETE", f"/shares/{share['shareId']}")).status == 404


async def test_a_wrong_code_is_refused(caller: Caller, share: Answer):
    assert (await opened(caller, share, another_code(share["code"]))).status == 403


async def test_five_wrong_codes_lock_the_share_for_a_quarter_of_an_hour(caller: Caller, share: Answer):
    for _ in range(5):
        await opened(caller, share, another_code(share["code"]))

    locked = await opened(caller, share)

    assert locked.status == 429
    assert 0 < int(locked.headers["Retry-After"]) <= 900


@pytest.mark.slow
async def test_25_wrong_codes_close_the_share_and_the_person_is_told(
    sharer: Person, caller: Caller, share: Answer, clock: Any
):
    for tried in range(25):
        clock.moves(minutes=16 if tried % 5 == 0 else 0)
        await opened(caller, share, another_code(share["code"]))

    assert (await opened(caller, share)).status == 410
    assert (await sharer.call("GET", "/shares"))["shares"][0]["closedByWrongCodes"]


async def test_an_address_with_many_wrong_codes_waits_but_its_right_code_opens(caller: Caller, share: Answer):
    for _ in range(SHARE_STRIKES):
        caller.client.app[GATEWAY].openings.strike("127.0.0.1")

    refused = await opened(caller, share, another_code(share["code"]))

    assert refused.status == 429
    assert (await opened(caller, share)).status == 200


@pytest.mark.slow
async def test_in_the_talk_it_is_told_once_that_wrong_codes_closed_the_page(
    sharer: Person, caller: Caller, share: Answer, clock: Any, content: Any
):
    for tried in range(25):
        clock.moves(minutes=16 if tried % 5 == 0 else 0)
        await opened(caller, share, another_code(share["code"]))
    told = content.texts.get("utter_share_guessed").text

    first, second = await sharer.tap("rest"), await sharer.tap("repeat")

    assert first.texts[0] == told
    assert first["question"]["id"] != "wellbeing_need"
    assert told not in second.texts
    assert (await sharer.reads()).texts.count(told) == 1


async def test_a_page_that_is_open_still_gives_no_news(sharer: Person, caller: Caller, share: Answer, content: Any):
    await opened(caller, share, another_code(share["code"]))

    assert content.texts.get("utter_share_guessed").text not in (await sharer.reads()).texts


async def test_a_code_may_have_a_space(caller: Caller, share: Answer):
    code = share["code"]

    assert (await opened(caller, share, f"{code[:3]} {code[3:]}")).status == 200


@pytest.mark.parametrize("body", [{}, {"code": 123456}, {"code": ""}, {"code": None}])
async def test_a_code_is_text(caller: Caller, share: Answer, body: dict[str, Any]):
    answer = await caller.call("POST", f"/v1/shares/{share['shareId']}/open", json=body)

    assert (answer.status, answer.fields) == (400, ["code"])


async def test_an_unknown_share_is_not_found(caller: Caller):
    assert (await caller.call("POST", "/v1/shares/nobody/open", json={"code": "123456"})).status == 404


async def test_a_used_up_share_is_closed(caller: Caller, share: Answer, clock: Any):
    clock.moves(days=31)

    assert (await opened(caller, share)).status == 410


async def test_erasing_the_conversation_takes_the_share_along(sharer: Person, caller: Caller, share: Answer):
    await sharer.call("DELETE")

    assert (await opened(caller, share)).status in (404, 410)


async def test_a_share_made_in_the_talk_has_its_link_too(sharer: Person, engine: Any, monkeypatch: pytest.MonkeyPatch):
    made = {"shareId": "abc", "code": "123456", "expiresAt": "2026-01-01T00:00:00Z"}
    state = {"messages": [], "question": None, "progress": {"answered": 0, "of": 0}, "share": made}

    async def turn(_: Any) -> dict[str, Any]:
        return state

    monkeypatch.setattr(engine, "turn", turn)
    answer = await sharer.tap("share_yes")

    assert answer["share"]["url"] == "https://voorgesprek.example/s/abc"
    assert answer["share"]["qr"].startswith("<svg")
