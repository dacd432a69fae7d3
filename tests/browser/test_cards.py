"""Staff make a card on their page, and a talk begins with it or joins it; a card that is refused stops nobody."""

import json
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.core.moments import day_in_words
from tests.browser.conftest import Visit
from tests.browser.pages import DESK, PHONE, Talk
from tests.browser.test_print_and_frame import pages_of
from tests.served import STAFF_KEY

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Axe = Callable[[Page], list[str]]
DAY = datetime.now(UTC).date() + timedelta(days=10)
ASKED = {
    "contactName": "Karin de Boer",
    "contactEmail": "k.de.boer@gemeente.example",
    "meetingAt": f"{DAY}T10:30",
    "reference": "Z-2026/12.3",
}
WHOSE = f"Het is op {day_in_words(DAY)} om 10.30 uur."


def card(site: str, **changes: str) -> dict[str, Any]:
    """A card, made over the API."""
    headers = {"Authorization": f"Bearer {STAFF_KEY}", "Content-Type": "application/json"}
    body = json.dumps({**ASKED, **changes}).encode()
    asked = urllib.request.Request(f"{site}/v1/invitations", body, headers)
    with urllib.request.urlopen(asked) as answer:
        made: dict[str, Any] = json.load(answer)
        return made


@pytest.fixture
def desk(visit: Visit, site: str) -> Page:
    """Staff who opened their page."""
    page = visit(DESK)
    page.goto(f"{site}/medewerker/uitnodigen")
    return page


def fill(page: Page, key: str = STAFF_KEY, **changes: str) -> Page:
    page.locator("#key").fill(key)
    for name, value in {**ASKED, **changes}.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Maak de kaart").click()
    return page


def began_with(visit: Visit, site: str, token: str) -> Talk:
    return Talk(visit(), site).open(f"/#uitnodiging={token}")


def test_a_talk_from_a_card_says_whose_meeting_it_is_and_leaves_no_card_in_the_address(visit: Visit, site: str):
    talk = began_with(visit, site, card(site)["token"])

    expect(talk.messages.nth(1)).to_contain_text("Uw gesprek is met Karin de Boer.")
    expect(talk.messages.nth(1)).to_contain_text(WHOSE)
    assert talk.page.url == f"{site}/"


def test_after_a_reload_before_the_yes_it_is_still_the_same_card(visit: Visit, site: str):
    talk = began_with(visit, site, card(site)["token"])
    talk.page.reload()
    talk.begin().my_page()

    expect(talk.page.get_by_label("Weet u de dag van uw gesprek?")).to_have_value(DAY.isoformat())


def test_a_card_that_was_used_is_told_kindly_and_the_talk_begins_without(visit: Visit, site: str):
    token = card(site)["token"]
    began_with(visit, site, token).begin()

    talk = began_with(visit, site, token)

    expect(talk.page.locator("#trouble")).to_contain_text("Met deze kaart is al een gesprek begonnen.")
    assert talk.begin().question == "wellbeing_week"


def test_who_has_a_talk_already_joins_it_to_the_card(visit: Visit, site: str):
    talk = Talk(visit(), site).open().begin()
    talk.page.goto(f"{site}/#uitnodiging={card(site)['token']}")

    expect(talk.messages.last).to_contain_text(WHOSE)
    assert talk.question == "wellbeing_week"
    assert talk.page.url == f"{site}/"


def test_a_card_that_cannot_be_joined_leaves_the_running_talk_as_it_is(visit: Visit, site: str):
    token = card(site)["token"]
    began_with(visit, site, token).begin()
    talk = Talk(visit(), site).open().begin()
    talk.page.goto(f"{site}/#uitnodiging={token}")

    expect(talk.page.locator("#trouble")).to_contain_text("Met deze kaart is al een gesprek begonnen.")
    assert talk.question == "wellbeing_week"


def test_staff_get_card_letter_message_and_the_code_for_the_contact_person(desk: Page):
    fill(desk)

    expect(desk.locator("#card .vg-invite__contact")).to_have_text("Karin de Boer")
    assert len(desk.locator("#opening-code").inner_text().replace(" ", "")) == 6
    assert "Karin de Boer" in desk.locator("#letter").input_value()
    assert "/#uitnodiging=" in desk.locator("#whatsapp").input_value()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Bewaar de kaart als PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_paper_gets_one_card_and_nothing_around_it_and_the_key_is_kept_nowhere(desk: Page):
    expect(fill(desk).locator("#card")).to_be_visible()
    kept = desk.evaluate("[JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]")
    printed = desk.pdf(prefer_css_page_size=True)
    desk.emulate_media(media="print")

    assert (pages_of(printed), kept, desk.url.partition("?")[2]) == (1, ["{}", "{}", ""], "")
    expect(desk.locator("#kept")).to_be_hidden()
    expect(desk.locator("#card .vg-invite")).to_be_visible()


def test_each_fault_stands_beside_its_field_and_the_first_has_the_keyboard(desk: Page):
    fill(desk, contactEmail="x", meetingAt="2020-01-01T10:00", reference="J.Jansen")

    expect(desk.locator("#contactEmail-error")).to_contain_text("e-mailadres")
    expect(desk.locator("#meetingAt-error")).to_contain_text("voorbij")
    expect(desk.locator("#reference-error")).to_contain_text("zaaknummer")
    expect(desk.locator("#contactEmail")).to_be_focused()
    expect(desk.locator("#contactName-error")).to_be_empty()


def test_a_wrong_key_is_said_beside_the_key_and_what_was_filled_in_stays(desk: Page):
    fill(desk, key="not-the-key")

    expect(desk.locator("#key-error")).to_contain_text("sleutel")
    expect(desk.locator("#key")).to_be_focused()
    expect(desk.locator("#contactName")).to_have_value("Karin de Boer")


def test_a_card_taken_back_by_staff_begins_no_talk(desk: Page, visit: Visit, site: str):
    fill(desk).get_by_role("button", name="Trek deze kaart in").click()
    expect(desk.locator("#withdrawn")).to_be_visible()
    token = desk.locator("#whatsapp").input_value().partition("uitnodiging=")[2].split()[0]

    talk = began_with(visit, site, token)

    expect(talk.page.locator("#trouble")).to_contain_text("ingetrokken")


def test_the_form_works_by_keyboard_alone(desk: Page):
    desk.locator("#key").focus()
    for value in (STAFF_KEY, ASKED["contactName"], ASKED["contactEmail"]):
        desk.keyboard.type(value)
        desk.keyboard.press("Tab")
    desk.locator("#meetingAt").fill(ASKED["meetingAt"])
    desk.locator("#reference").focus()
    desk.keyboard.type(ASKED["reference"])
    desk.keyboard.press("Enter")

    expect(desk.locator("#made")).to_be_focused()


def test_axe_finds_nothing_and_nothing_is_too_wide(visit: Visit, site: str, size: dict[str, int], axe: Axe):
    page = visit(size, bypass_csp=True)
    page.goto(f"{site}/gesprek-aanvragen")
    found = axe(page)
    page.goto(f"{site}/medewerker/uitnodigen")
    found += axe(page)
    expect(fill(page, contactName="Karin van der Heijden-Oosterhuis").locator("#card")).to_be_visible()

    assert found + axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_request_is_one_sheet_of_paper_with_lines_to_write_on(visit: Visit, site: str):
    page = visit(PHONE)
    page.goto(f"{site}/gesprek-aanvragen")

    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    assert page.locator(".vg-request__line").count() == 6


def test_who_has_no_date_finds_the_request_beside_the_talk(talk: Talk):
    with talk.page.expect_popup() as opened:
        talk.page.get_by_role("link", name="Ik wil een gesprek").click()

    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Ik wil een gesprek")
