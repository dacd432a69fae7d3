"""The whole way with nothing but a keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Contact, Talk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_TABS = 120


def go_to(page: Page, name: str) -> None:
    """Tab on until the element with this name has the keyboard."""
    at = "document.activeElement.closest('label')?.textContent ?? document.activeElement.textContent"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(at).strip().startswith(name):
            return
    raise AssertionError(f"the keyboard cannot reach {name!r}")


def press(talk: Talk, name: str, key: str = "Enter") -> None:
    go_to(talk.page, name)
    talk.page.keyboard.press(key)
    talk.settled()


def test_from_hello_to_a_shared_page_by_keyboard(talk: Talk, contact: Contact):
    press(talk, "Ja, bewaren")
    press(talk, "Nee, niet onthouden")
    while talk.question != "menu":
        press(talk, "Sla over")
    press(talk, "Wonen", "Space")
    press(talk, "Verder")
    assert talk.sent[-1]["choice"] == "topics:housing"
    while talk.question != "goals_first":
        press(talk, "Sla over")
    talk.page.locator("#own-words").focus()
    talk.page.keyboard.type("Ik wil een droog huis.")
    talk.page.keyboard.press("Tab")
    talk.page.keyboard.press("Enter")
    talk.settled()
    press(talk, "Mijn pagina")
    press(talk, "Ja, delen")

    card = talk.page.locator("#shares")
    expect(card.locator('[data-slot="code"]')).to_be_visible()
    contact.open(card.locator('[data-slot="url"]').inner_text(), card.locator('[data-slot="code"]').inner_text())
    expect(contact.sheet).to_contain_text("“Ik wil een droog huis.”")


def test_the_skip_link_leads_to_the_answers(talk: Talk):
    talk.page.keyboard.press("Tab")
    expect(talk.page.get_by_role("link", name="Naar de vraag")).to_be_focused()

    talk.page.keyboard.press("Enter")

    assert talk.focused == "answers"


def test_enter_sends_at_a_desk_and_shift_enter_makes_a_line(visit, site: str):
    talk = Talk(visit({"width": 1280, "height": 800}), site).open().begin()
    talk.page.locator("#own-words").focus()
    talk.page.keyboard.type("Het ging wel.")
    talk.page.keyboard.press("Shift+Enter")
    talk.page.keyboard.type("Zondag was fijn.")

    talk.page.keyboard.press("Enter")
    talk.settled()

    assert talk.sent[-1]["text"] == "Het ging wel.\nZondag was fijn."
