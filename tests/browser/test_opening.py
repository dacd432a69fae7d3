"""The page reaches the contact person by itself: one tap, an e-mail, signing on, and a line that comes back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from bot.core.terms import Ends
from bot.settings import Settings
from bot.store.store import Store
from bot.store.values import Change
from tests.browser.conftest import Visit
from tests.browser.pages import DESK, Contact, MyPage, Talk
from tests.browser.spool import mailed
from tests.oidc.provider import NAME

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CODE, LINE = "482913", "Dank u. Ik neem hier de tijd voor."
INVITATION = {
    "invitationId": "i1", "contactName": "Sanne de Wit", "contactEmail": "s.dewit@gemeente.example",
    "meetingAt": "2027-01-05T10:00:00+01:00", "reference": "Z-2026-12", "openingCode": CODE,
}  # fmt: skip
Axe = Callable[[Page], list[str]]


@pytest.fixture
def guest(visit: Visit, municipality: str, folder: Path) -> Talk:
    """Somebody who began from a card and said what they wish."""
    talk = Talk(visit(bypass_csp=True), municipality).open().begin().until("goals_first").say("Ik wil een droog huis.")
    kept = json.loads(talk.kept() or "")
    store = Store.open(Settings.from_env({"DATA_DIR": str(folder)}))
    key = store.unlock(kept["id"], kept["token"])
    stored = store.load(kept["id"], key)
    ends = Ends(datetime.now(UTC) + timedelta(days=30))
    store.commit(Change(kept["id"], key, stored.version, {**stored.record, "invitation": INVITATION}, ends))
    store.close()
    return talk


def card(mine: MyPage, slot: str, number: int = 0):
    return mine.page.locator(f'#shares [data-slot="{slot}"]').nth(number)


def test_one_tap_an_email_signing_on_and_a_line_that_comes_back(guest: Talk, visit: Visit, folder: Path, axe: Axe):
    mine = guest.my_page()
    expect(mine.page.locator("#share-notice")).to_contain_text("Sanne de Wit krijgt een e-mail met een link.")
    mine.page.get_by_role("button", name="Ja, delen").click()
    expect(card(mine, "mail")).to_contain_text("Sanne de Wit")
    expect(card(mine, "code")).to_be_hidden()
    link = mailed(folder)

    contact = Contact(visit(DESK, bypass_csp=True))
    contact.page.goto(link)
    assert axe(contact.page) == []
    contact.page.get_by_role("link", name="Inloggen bij de gemeente").click()
    expect(contact.page.get_by_text(f"U bent ingelogd als {NAME}.")).to_be_visible()
    assert axe(contact.page) == []
    contact.give(CODE).tell_read(LINE)
    assert axe(contact.page) == []

    guest.press("Terug naar de vragen")
    mine = guest.my_page()
    expect(card(mine, "opened")).to_contain_text(f"door {NAME}.")
    expect(card(mine, "how")).to_have_text("Die naam komt van de gemeente.")
    expect(card(mine, "line")).to_contain_text(LINE)
    assert axe(mine.page) == []
    guest.press("Terug naar de vragen")
    expect(guest.page.locator("#messages")).to_contain_text(f"{NAME} heeft uw pagina gelezen.")


def test_who_comes_back_reads_first_what_came_back_and_then_the_question(guest: Talk, visit: Visit, folder: Path):
    guest.my_page().page.get_by_role("button", name="Ja, delen").click()
    Contact(visit()).open(mailed(folder), CODE, "Sanne").tell_read(LINE)

    guest.page.reload()

    expect(guest.messages).to_have_count(2)
    expect(guest.messages.first).to_contain_text(LINE)
    guest.page.reload()
    expect(guest.messages).to_have_count(1)


def test_in_the_talk_the_yes_sends_the_email_too(guest: Talk, visit: Visit, folder: Path):
    guest.until("share")
    expect(guest.page.locator("#messages")).to_contain_text("Sanne de Wit krijgt een e-mail met een link.")
    guest.choose("share_yes")
    expect(guest.page.locator("#messages")).to_contain_text("Ik stuur Sanne de Wit een e-mail.")
    expect(guest.page.locator('#share-place [data-slot="give"]')).to_be_hidden()

    contact = Contact(visit(DESK)).open(mailed(folder), CODE, "Dr. de Boer")

    expect(contact.sheet).to_contain_text("“Ik wil een droog huis.”")
    mine = guest.my_page()
    expect(card(mine, "opened")).to_contain_text("door Dr. de Boer.")
    expect(card(mine, "how")).to_have_text("Die naam is zelf getypt.")


def test_a_page_for_somebody_else_has_what_is_ticked_and_a_code_of_its_own(guest: Talk, visit: Visit, axe: Axe):
    mine = guest.my_page()
    mine.page.get_by_role("button", name="Nog een pagina maken voor iemand anders").click()
    mine.page.locator("#another-form").get_by_label("Mijn week was goed.").check()
    assert axe(mine.page) == []
    mine.page.get_by_role("button", name="Ja, maak deze pagina").click()
    expect(card(mine, "code")).to_be_visible()
    code = card(mine, "code").inner_text()

    doctor = Contact(visit()).open(card(mine, "url").inner_text(), code, "Dr. de Boer")

    expect(doctor.sheet).to_contain_text("Mijn week was goed.")
    expect(doctor.sheet).not_to_contain_text("droog huis")
    assert code.replace(" ", "") != CODE
    expect(mine.page.locator("#share-question")).to_be_visible()


def test_without_a_name_the_page_stays_shut_and_says_so(visit: Visit, municipality: str):
    contact = Contact(visit()).open(f"{municipality}/s/abc", CODE, " ")

    expect(contact.page.locator("#name-error")).to_have_text("Typ uw naam.")
    expect(contact.page.get_by_label("Uw naam")).to_be_focused()


def test_who_logs_out_is_asked_for_a_name_again(visit: Visit, municipality: str):
    page = visit()
    page.goto(f"{municipality}/aanmelden?terug={quote('/s/abc')}")
    page.get_by_role("button", name="Uitloggen").click()

    expect(page.get_by_label("Uw naam")).to_be_visible()
