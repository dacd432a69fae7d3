"""Sharing from a card: one tap, an e-mail without content, and texts that say what really happens."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.web.gateway import GATEWAY
from bot.web.opening import open_talk
from bot.web.talks import Draft
from tests.web.caller import Answer, Caller, Person
from tests.web.inviting import INVITATION, invite, opens, record_of, shares_of, tells, words_of


@pytest.fixture
def mailing(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """E-mail is set up."""
    monkeypatch.setattr(store.mails, "is_on", True)


@pytest.fixture(autouse=True)
def empty_queue(store: Any) -> Iterator[None]:
    """No e-mail of another test waits afterwards."""
    yield
    while mail := store.mails.take():
        store.mails.sent(mail)


@pytest.fixture
async def guest(talker: Person, store: Any) -> Person:
    """Somebody who began from a card, with one line that goes along."""
    await tells(talker)
    invite(store, talker)
    return talker


async def test_the_page_opens_with_the_code_of_the_invitation(guest: Person, caller: Caller, mailing: None):
    share = await guest.call("POST", "/shares")

    assert (share["code"], share["to"]) == ("482913", "Sanne de Wit")
    assert words_of(await opens(caller, share, code="482 913")) == ["Ik was vaak moe."]


async def test_one_mail_waits_for_the_contact_person(guest: Person, store: Any, mailing: None):
    share = await guest.call("POST", "/shares")

    mail = store.mails.take()

    assert (mail.share_id, mail.to) == (share["shareId"], INVITATION["contactEmail"])
    assert mail.reference == INVITATION["reference"]
    assert store.mails.take() is None


async def test_a_yes_that_is_repeated_sends_no_second_mail(guest: Person, store: Any, mailing: None):
    for _ in range(3):
        await guest.call("POST", "/shares", json={"messageId": "yes1"})

    assert [bool(store.mails.take()) for _ in range(2)] == [True, False]


async def test_the_person_sees_to_whom_and_when_the_mail_went(guest: Person, store: Any, mailing: None):
    await guest.call("POST", "/shares")
    assert (await shares_of(guest))[0]["mailedAt"] is None

    store.mails.sent(store.mails.take())

    (seen,) = await shares_of(guest)
    assert seen["to"] == "Sanne de Wit"
    assert seen["mailedAt"]
    assert (await guest.call("GET", "/shares"))["to"] == "Sanne de Wit"


async def test_without_mail_link_and_code_go_as_before(guest: Person, store: Any):
    share = await guest.call("POST", "/shares")

    assert share["code"] == "482913"
    assert "to" not in share.body
    assert "to" not in (await guest.call("GET", "/shares")).body
    assert store.mails.take() is None


@pytest.mark.parametrize("address", ["a@b.nl\nBcc: c@d.nl", "", "nobody"])
async def test_an_address_that_cannot_be_written_to_is_never_promised(
    guest: Person, store: Any, mailing: None, address: str
):
    invite(store, guest, contactEmail=address)

    assert "to" not in (await guest.call("POST", "/shares")).body
    assert store.mails.take() is None


async def test_without_an_invitation_nothing_is_sent(talker: Person, store: Any, mailing: None):
    await tells(talker)

    share = await talker.call("POST", "/shares")

    assert "to" not in share.body
    assert store.mails.take() is None


async def test_withdrawing_in_time_sends_nothing(guest: Person, store: Any, mailing: None):
    share = await guest.call("POST", "/shares")

    await guest.call("DELETE", f"/shares/{share['shareId']}")

    assert store.mails.take() is None


async def test_the_yes_names_the_text_that_spoke_of_a_mail(guest: Person, store: Any, mailing: None):
    await guest.call("POST", "/shares")
    with_mail = record_of(store, guest)["consents"][-1]["textVersion"]
    invite(store, guest, contactEmail="")

    await guest.call("POST", "/shares")

    assert record_of(store, guest)["consents"][-1]["textVersion"] != with_mail


async def test_pages_and_talk_of_one_invitation_hold_no_address(guest: Person, mailing: None):
    answers: list[Answer] = [
        await guest.call("POST", "/shares"),
        await guest.call("GET", "/shares"),
        await guest.reads(),
    ]

    assert not [one for one in answers if INVITATION["contactEmail"] in json.dumps(one.body)]


async def test_the_gateway_itself_speaks_of_the_mail_too(guest: Person, caller: Caller, mailing: None):
    gateway = caller.client.app[GATEWAY]
    draft = Draft(gateway, await open_talk(gateway, guest.id, guest.token))

    draft.bot("utter_ask_share")

    assert "Sanne de Wit krijgt een e-mail met een link." in draft.unit.messages[-1]["text"]
