"""Who opens a page says who they are, and that they read it; the person sees both."""

from typing import Any

import pytest

from bot.web.gateway import GATEWAY
from bot.web.limits import SHARE_STRIKES
from tests.store.builders import another_code
from tests.web.caller import Answer, Caller, Person
from tests.web.inviting import opens, shares_of, tells

LONG = "a" * 81


@pytest.fixture
async def sharer(talker: Person) -> Person:
    """Somebody with one line that goes along and one that does not."""
    return await tells(talker)


@pytest.fixture
async def share(sharer: Person) -> Answer:
    """The page that this person shares."""
    return await sharer.call("POST", "/shares")


async def test_the_person_sees_who_opened_the_page(sharer: Person, caller: Caller, share: Answer):
    await opens(caller, share, name="  Sanne de Wit ")
    await opens(caller, share, name="A. Bakker")

    (seen,) = await shares_of(sharer)

    assert (seen["openedBy"], seen["openedHow"], seen["openedLater"]) == ("Sanne de Wit", "typed", ["A. Bakker"])


async def test_who_gives_no_name_opens_the_page_all_the_same(sharer: Person, caller: Caller, share: Answer):
    assert (await opens(caller, share)).status == 200

    (seen,) = await shares_of(sharer)

    assert seen["openedAt"]
    assert [seen[name] for name in ("openedBy", "readAt", "readLine")] == [None, None, None]


@pytest.mark.parametrize("name", ["", " ", LONG, "a\nb", "a\x00b", "\u202ea", 7, ["a"]])
async def test_what_is_no_name_is_told_and_opens_nothing(caller: Caller, share: Answer, sharer: Person, name: Any):
    answer = await opens(caller, share, name=name)

    assert (answer.status, answer.fields) == (400, ["name"])
    assert (await shares_of(sharer))[0]["openedAt"] is None


async def test_reading_is_seen_with_the_line_that_came_back(sharer: Person, caller: Caller, share: Answer):
    told = await opens(caller, share, "read", name="Sanne", line=" Dank u. Tot dinsdag. ")

    (seen,) = await shares_of(sharer)

    assert (told.status, told.body) == (204, "")
    assert (seen["readBy"], seen["readLine"]) == ("Sanne", "Dank u. Tot dinsdag.")
    assert seen["readAt"]


async def test_telling_it_again_is_harmless_and_the_last_line_counts(sharer: Person, caller: Caller, share: Answer):
    for line in ("Een.", "Twee.", None, ""):
        assert (await opens(caller, share, "read", line=line)).status == 204

    assert (await shares_of(sharer))[0]["readLine"] == "Twee."


@pytest.mark.parametrize("line", ["a" * 301, "a\nb", "a\u2028b", 7])
async def test_more_than_one_line_back_is_told(caller: Caller, share: Answer, line: Any):
    answer = await opens(caller, share, "read", line=line)

    assert (answer.status, answer.fields) == (400, ["line"])


async def test_a_wrong_code_tells_nothing_and_counts(sharer: Person, caller: Caller, share: Answer):
    wrong = {"shareId": share["shareId"], "code": another_code(share["code"])}
    answers = [(await opens(caller, wrong, "read", name="X", line="Y")).status for _ in range(6)]

    assert answers == [403] * 5 + [429]
    assert (await shares_of(sharer))[0]["readAt"] is None


async def test_an_address_with_many_wrong_codes_waits_here_too(caller: Caller, share: Answer):
    for _ in range(SHARE_STRIKES):
        caller.client.app[GATEWAY].openings.strike("127.0.0.1")

    wrong = {"shareId": share["shareId"], "code": another_code(share["code"])}

    assert (await opens(caller, wrong, "read")).status == 429


async def test_a_page_that_was_closed_cannot_be_read(sharer: Person, caller: Caller, share: Answer):
    await opens(caller, share, name="Sanne")
    await sharer.call("DELETE", f"/shares/{share['shareId']}")

    assert (await opens(caller, share, "read")).status == 410
    assert (await shares_of(sharer))[0]["openedBy"] == "Sanne"


async def test_a_page_of_a_talk_that_was_erased_cannot_be_read(sharer: Person, caller: Caller, share: Answer):
    await sharer.call("DELETE")

    assert (await opens(caller, share, "read")).status in (404, 410)


async def test_the_talk_tells_once_who_read_the_page_and_what_came_back(sharer: Person, caller: Caller, share: Answer):
    await opens(caller, share, "read", name="Sanne", line="Tot dinsdag {x}.")

    first, second = await sharer.tap("rest"), await sharer.tap("repeat")

    assert first.texts[0] == "Sanne heeft uw pagina gelezen.\nDit bericht hoort erbij:\n“Tot dinsdag {x}.”"
    assert not [text for text in second.texts if "Sanne" in text]
    assert len([text for text in (await sharer.reads()).texts if "Sanne" in text]) == 1


async def test_a_later_line_is_told_too(sharer: Person, caller: Caller, share: Answer):
    await opens(caller, share, "read", name="Sanne")
    assert "Sanne heeft uw pagina gelezen." in (await sharer.reads()).texts

    await opens(caller, share, "read", name="Sanne", line="Tot dinsdag.")

    assert "“Tot dinsdag.”" in (await sharer.reads()).texts[-1]


async def test_of_who_gave_no_name_it_is_told_without(sharer: Person, caller: Caller, share: Answer):
    await opens(caller, share, "read")

    assert "Iemand met de code heeft uw pagina gelezen." in (await sharer.reads()).texts


async def test_while_help_is_waited_for_nothing_else_is_told(sharer: Person, caller: Caller, share: Answer):
    await sharer.type("ik wil dood")
    await opens(caller, share, "read", name="Sanne")

    assert not [text for text in (await sharer.reads()).texts if "Sanne" in text]
