"""A page of its own with chosen lines: its own code, end and withdrawal, and never more than was chosen."""

from typing import Any

import pytest

from bot.core.terms import Ends
from bot.store.values import Change
from tests.store.builders import NOON
from tests.web.caller import Answer, Caller, Person
from tests.web.inviting import invite, opens, record_of, shares_of, tells, words_of

SHOWN, OFF = "wellbeing_week", "wellbeing_good"


@pytest.fixture
async def sharer(talker: Person) -> Person:
    """Somebody with one line that goes along and one that does not."""
    return await tells(talker)


async def page_of(sharer: Person, *lines: str, **more: Any) -> Answer:
    return await sharer.call("POST", "/shares", json={"lines": list(lines), **more})


async def lines_seen(caller: Caller, share: Answer) -> list[str]:
    page = await opens(caller, share)
    return [line["lineId"] for section in page["sections"] for line in section["lines"]]


async def test_a_page_has_exactly_the_chosen_lines_also_those_that_are_off(sharer: Person, caller: Caller):
    first, doctor = await sharer.call("POST", "/shares"), await page_of(sharer, OFF)

    assert await lines_seen(caller, first) == [SHOWN]
    assert await lines_seen(caller, doctor) == [OFF]
    assert (first["shareId"], first["code"]) != (doctor["shareId"], doctor["code"])
    assert [one["lines"] for one in await shares_of(sharer)] == [None, [OFF]]


async def test_it_says_nothing_of_being_off_elsewhere(sharer: Person, caller: Caller):
    page = await opens(caller, await page_of(sharer, SHOWN, OFF))

    lines = [line for section in page["sections"] for line in section["lines"]]
    assert [set(line) for line in lines] == [{"lineId", "label", "text", "ownWords"}] * 2


async def test_the_yes_is_recorded_with_its_own_text(sharer: Person, store: Any):
    await sharer.call("POST", "/shares")
    await page_of(sharer, OFF)

    versions = [entry["textVersion"] for entry in record_of(store, sharer)["consents"] if entry["name"] == "share"]
    assert len(set(versions)) == 2


async def test_lines_that_are_not_there_are_named(sharer: Person):
    await sharer.call("DELETE", f"/summary/lines/{OFF}")

    answer = await page_of(sharer, SHOWN, OFF, "nothing")

    assert (answer.status, answer.fields) == (400, [f"lines.{OFF}", "lines.nothing"])


async def test_no_line_is_nothing_to_share(sharer: Person):
    answer = await page_of(sharer)

    assert (answer.status, answer["title"]) == (409, "Niets om te delen")


@pytest.mark.parametrize("lines", ["all", [1], [""], ["a" * 200], ["mijn zus"], {"a": 1}])
async def test_what_is_no_list_of_ids_is_told(sharer: Person, lines: Any):
    assert (await sharer.call("POST", "/shares", json={"lines": lines})).fields == ["lines"]


async def test_a_repeated_call_is_the_same_yes_and_other_lines_are_not(sharer: Person):
    first, again = [await page_of(sharer, OFF, messageId="yes1") for _ in range(2)]

    assert again.body == first.body
    assert (await page_of(sharer, SHOWN, messageId="yes1")).status == 409


async def test_other_words_of_a_line_follow_on_its_page_only(sharer: Person, caller: Caller):
    first, doctor = await sharer.call("POST", "/shares"), await page_of(sharer, OFF)

    await sharer.call("PATCH", f"/summary/lines/{OFF}", json={"text": "Ik wil rust."})

    assert words_of(await opens(caller, doctor)) == ["Ik wil rust."]
    assert words_of(await opens(caller, first)) == ["Ik was vaak moe."]


async def test_a_line_that_is_let_along_later_comes_on_the_first_page_only(sharer: Person, caller: Caller):
    first, doctor = await sharer.call("POST", "/shares"), await page_of(sharer, SHOWN)

    await sharer.call("PATCH", f"/summary/lines/{OFF}", json={"shared": True})

    assert await lines_seen(caller, first) == [SHOWN, OFF]
    assert await lines_seen(caller, doctor) == [SHOWN]


@pytest.mark.parametrize("what", [f"lines/{OFF}", "topics/wellbeing"])
async def test_hiding_takes_a_line_off_every_page_for_good(sharer: Person, caller: Caller, what: str):
    doctor = await page_of(sharer, OFF)

    for shared in (False, True):
        await sharer.call("PATCH", f"/summary/{what}", json={"shared": shared})

    assert await lines_seen(caller, doctor) == []


async def test_removing_a_line_takes_it_off_every_page(sharer: Person, caller: Caller):
    doctor = await page_of(sharer, OFF, SHOWN)

    await sharer.call("DELETE", f"/summary/lines/{OFF}")

    assert await lines_seen(caller, doctor) == [SHOWN]


async def test_each_page_is_withdrawn_by_itself(sharer: Person, caller: Caller):
    first, doctor = await sharer.call("POST", "/shares"), await page_of(sharer, OFF)

    await sharer.call("DELETE", f"/shares/{doctor['shareId']}")

    assert (await opens(caller, doctor)).status == 410
    assert (await opens(caller, first)).status == 200


async def test_with_an_invitation_it_has_a_code_of_its_own_and_no_mail(
    sharer: Person, store: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store.mails, "is_on", True)
    invite(store, sharer)

    made = await page_of(sharer, OFF)

    assert made["code"] != "482913"
    assert "to" not in made.body
    assert store.mails.take() is None


async def test_a_page_for_somebody_else_says_nothing_of_the_meeting_with_the_municipality(sharer, caller, store):
    invite(store, sharer)

    own, doctor = await sharer.call("POST", "/shares"), await page_of(sharer, OFF)
    seen = [(await opens(caller, share))["briefing"]["meeting"]["facts"] for share in (own, doctor)]

    assert [fact["text"] for fact in seen[0]] == ["maandag 10 november 2025, 10.00 uur", "Sanne de Wit", "Z-2025-12"]
    assert seen[1] == []


async def test_it_still_says_nothing_of_that_meeting_after_the_page_changed(sharer, caller, store):
    invite(store, sharer)
    doctor = await page_of(sharer, OFF)
    await sharer.call("PATCH", f"/summary/lines/{OFF}", json={"text": "Ik slaap nu beter."})

    page = await opens(caller, doctor)

    assert words_of(page) == ["Ik slaap nu beter."]
    assert page["briefing"]["meeting"]["facts"] == []


def pick(store: Any, sharer: Person, line: str) -> None:
    """Let the only page of its own have this line too."""
    key = store.unlock(sharer.id, sharer.token)
    stored = store.load(sharer.id, key)
    stored.record["shares"][0]["lines"][line] = ""
    store.commit(Change(sharer.id, key, stored.version, stored.record, Ends(NOON.replace(month=12))))


async def test_a_topic_that_is_hidden_takes_lines_of_a_meeting_off_it_too(sharer: Person, store: Any):
    share = await page_of(sharer, OFF)
    share_id, line = share["shareId"], "after_step-2025-11-03"
    pick(store, sharer, line)

    await sharer.call("PATCH", "/summary/topics/after", json={"shared": False})

    assert {one["shareId"]: list(one["lines"]) for one in record_of(store, sharer)["shares"]} == {share_id: [OFF]}
