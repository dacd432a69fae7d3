"""Cards: made by staff alone, and whatever is wrong with one is said with what to do now."""

import base64
import re

import pytest

from bot.settings import Settings
from bot.web.app import make_app
from tests.served import NO_LIMITS
from tests.store.builders import Clock
from tests.web.caller import Answer, Caller
from tests.web.cards import ASKED, KEY, invite, withdraw
from tests.web.test_openapi import check

INVITE = "POST /v1/invitations"


@pytest.fixture
async def without_key(aiohttp_client, settings, store, engine, sense, content, clock) -> Caller:
    own = Settings.from_env({"DATA_DIR": str(settings.data_dir), **NO_LIMITS})
    return Caller(await aiohttp_client(make_app(own, store, engine, sense, content, clock)))


async def test_a_card_comes_with_all_that_goes_with_it(caller: Caller):
    made = await invite(caller)

    check(INVITE, made)
    assert made.status == 201
    assert base64.b64decode(made["card"]["pdf"]).startswith(b"%PDF-")
    assert made["url"] == f"https://voorgesprek.example/#uitnodiging={made['token']}"
    assert made["url"] in made["whatsapp"]


async def test_the_card_says_who_when_where_and_how_to_call(caller: Caller):
    html = (await invite(caller))["card"]["html"]

    for words in ("Karin de Boer", "donderdag 20 november", "om 10.30 uur", "voorgesprek.example", "000-000 00 01"):
        assert words in html
    assert "data:image/svg+xml" in html


@pytest.mark.parametrize("secret", ["openingCode", "contactEmail", "reference", "uitkering", "bijstand", "token"])
async def test_the_card_does_not_say_what_is_not_for_a_kitchen_table(caller: Caller, secret: str):
    made = await invite(caller)
    words = {**ASKED, **made.body}.get(secret, secret)
    outside = re.sub(r'src="data:[^"]*"', "", made["card"]["html"]) + made["letter"]

    assert words.lower() not in outside.lower()


async def test_the_card_needs_nothing_from_elsewhere_and_runs_nothing(caller: Caller):
    html = (await invite(caller, contactName='Karin "<script>" & Co'))["card"]["html"]

    assert not re.search(r"<script|<link|(?:src|href)=\"(?!data:)|url\(|@import", html)
    assert "Karin &#34;&lt;script&gt;&#34; &amp; Co" in html


async def test_every_fault_is_told_at_once_and_beside_its_field(caller: Caller):
    answer = await invite(caller, contactName="", contactEmail="x", meetingAt="2020-01-01T10:00", reference="J.Jansen")

    check(INVITE, answer)
    assert (answer.status, answer.fields) == (400, ["contactName", "contactEmail", "meetingAt", "reference"])
    assert "Jansen" not in str(answer.body)


async def test_an_empty_body_tells_all_four(caller: Caller):
    assert len((await caller.call("POST", "/v1/invitations", KEY, json={})).fields) == 4


@pytest.mark.parametrize("key", ["", "wrong", KEY[:-1], KEY + "x", "é" * 30, "\ud83d" * 3])
async def test_without_the_key_nobody_invites_or_takes_back(caller: Caller, key: str):
    made = await invite(caller)
    headers = {"Authorization": f"Bearer {key}".encode("utf-8", "surrogatepass").decode("latin-1")}

    asked = await caller.call("POST", "/v1/invitations", json=ASKED, headers=headers)
    taken = await caller.call("DELETE", f"/v1/invitations/{made['invitationId']}", headers=headers)

    check(INVITE, asked)
    assert (asked.status, taken.status) == (401, 401)
    assert (await withdraw(caller, made["invitationId"])).status == 204


async def test_who_guesses_at_the_key_must_wait_and_who_has_it_need_not(caller: Caller):
    statuses = [(await invite(caller, key=f"guess-{number}")).status for number in range(11)]

    assert statuses == [401] * 10 + [429]
    assert (await invite(caller)).status == 201


async def test_without_a_key_set_there_is_no_inviting_at_all(without_key: Caller):
    answers = [
        await invite(without_key),
        await withdraw(without_key, "A" * 22),
        await without_key.call("GET", "/medewerker/uitnodigen"),
    ]

    assert [one.status for one in answers] == [404] * 3
    assert answers[0]["type"].endswith(":PageUnknown")


async def test_taking_back_twice_is_fine_and_what_never_was_is_unknown(caller: Caller):
    made = await invite(caller)

    assert [(await withdraw(caller, made["invitationId"])).status for _ in range(2)] == [204, 204]
    assert (await withdraw(caller, "A" * 22)).status == 404


async def test_a_database_that_is_down_keeps_nothing(caller: Caller, store, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(store.invitations, "keep", fails)

    answer: Answer = await invite(caller)

    assert answer.status == 500
    assert "token" not in answer.body


async def test_the_page_of_staff_holds_no_key_and_no_invitation(caller: Caller, clock: Clock):
    made = await invite(caller)
    page = await caller.call("GET", "/medewerker/uitnodigen")

    assert page.status == 200
    for secret in (KEY, made["token"], made["openingCode"], "Karin"):
        assert secret not in page.body
