"""Everybody can use it: by keyboard, at 320 px, with a reader, with a voice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.pages import PHONE, Contact, Talk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Axe = Callable[[Page], list[str]]

STATES = {
    "welcome": lambda talk: talk,
    "a question": lambda talk: talk.begin(),
    "explained": lambda talk: talk.begin().press("Leg uit"),
    "the menu": lambda talk: talk.begin().until("menu"),
    "help": lambda talk: talk.begin().say("ik wil niet meer leven"),
    "the help lines": lambda talk: talk.button("Hulp nu").click(),
    "a pause": lambda talk: talk.begin().press("Stop"),
    "erase?": lambda talk: talk.button("Alles wissen").click(),
    "a code to type": lambda talk: talk.button("Ik heb een code").click(),
    "my page": lambda talk: talk.begin().until("summary").my_page(),
    "my page, shared": lambda talk: talk.begin().until("summary").my_page().share(),
    "a line in change": lambda talk: talk.begin().until("summary").my_page().line().get_by_text("Verander").click(),
}


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
def test_axe_finds_nothing(visit: Visit, site: str, size: dict[str, int], axe: Axe, reach: Callable):
    talk = Talk(visit(size, bypass_csp=True), site).open()

    reach(talk)

    assert axe(talk.page) == []


@pytest.mark.parametrize("path", ["/hulp", "/weg", "/s/abcdefgh", "/is-er-niet"])
def test_axe_finds_nothing_on_the_other_pages(visit: Visit, site: str, size: dict[str, int], axe: Axe, path: str):
    page = visit(size, bypass_csp=True)

    page.goto(site + path)

    assert axe(page) == []


def test_axe_finds_nothing_on_the_page_of_the_contact_person(visit: Visit, site: str, size: dict[str, int], axe: Axe):
    link = Talk(visit(), site).open().begin().until("summary").my_page().share()

    contact = Contact(visit(size, bypass_csp=True)).open(*link)
    expect(contact.sheet).to_be_visible()

    assert axe(contact.page) == []


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES)
def test_nothing_is_wider_than_the_smallest_phone(talk: Talk, reach: Callable):
    reach(talk)

    assert talk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_every_button_is_large_enough_for_a_thumb(talk: Talk):
    talk.begin().until("menu")
    boxes = [b.bounding_box() for b in talk.page.locator("button:visible, label.vg-topic:visible").all()]

    assert [box for box in boxes if box and min(box["width"], box["height"]) < 44] == []


def test_letters_are_large_and_grow_with_the_browser(talk: Talk):
    size = "parseFloat(getComputedStyle(document.querySelector('.vg-message p')).fontSize)"
    usual = talk.page.evaluate(size)
    rem = talk.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")

    assert usual >= 18
    assert usual == rem  # a share of the browser's own letter, not a fixed number of pixels


def test_every_question_has_its_way_out(talk: Talk):
    talk.begin()

    for name in ("Sla over", "Vorige", "Leg uit", "Stop", "Hulp nu", "Snel weg", "Ik wil een mens"):
        expect(talk.button(name)).to_be_visible()


def test_help_and_leaving_stay_in_sight_far_down_the_page(talk: Talk):
    talk.begin().press("Leg uit").press("Leg uit")
    talk.page.evaluate("scrollTo(0, document.body.scrollHeight)")

    expect(talk.button("Hulp nu")).to_be_in_viewport()
    expect(talk.button("Snel weg")).to_be_in_viewport()


def test_help_lines_are_in_the_page_itself(talk: Talk):
    talk.page.context.set_offline(True)

    talk.button("Hulp nu").click()

    expect(talk.page.get_by_role("dialog").get_by_role("link", name="112")).to_have_attribute("href", "tel:112")


def test_numbers_in_a_help_text_can_be_tapped(talk: Talk):
    talk.begin().say("ik wil niet meer leven")

    expect(talk.page.locator('.vg-message--help a[href="tel:113"]').first).to_be_visible()


def test_the_talk_is_a_log_that_says_who_speaks(talk: Talk):
    talk.begin()

    log = talk.page.get_by_role("log")
    expect(log.get_by_role("listitem").first).to_contain_text("Computer:")
    expect(log.get_by_role("listitem").filter(has_text="U:").first).to_be_attached()


def test_the_buttons_are_named_by_their_question(talk: Talk):
    talk.begin()
    asked = talk.page.locator(".vg-message__asked").last.inner_text()

    expect(talk.page.get_by_role("group", name=asked)).to_be_visible()


def test_after_a_tap_the_keyboard_is_at_the_new_answers(talk: Talk):
    button = talk.page.locator('#choices button[data-value="consent_yes"]')
    button.focus()
    talk.page.keyboard.press("Enter")
    talk.settled()

    assert talk.focused == "answers"
    talk.page.keyboard.press("Tab")
    assert talk.focused == talk.page.locator("#choices button").first.inner_text()


def test_a_tool_that_stays_keeps_the_keyboard(talk: Talk):
    talk.begin().button("Leg uit").focus()

    talk.page.keyboard.press("Enter")
    talk.settled()

    assert talk.focused == "Leg uit"


def test_the_help_panel_gives_the_keyboard_back(talk: Talk):
    talk.button("Hulp nu").focus()
    talk.page.keyboard.press("Enter")
    expect(talk.page.get_by_role("dialog")).to_be_visible()

    talk.page.keyboard.press("Escape")

    assert talk.focused == "help-now"


VOICES = """voices => {
  const all = voices.map(([lang, localService]) => ({lang, localService, name: lang}));
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => all, cancel() {}, addEventListener() {}, speak(one) { (window.said ??= []).push(one.text); }}});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""


@pytest.mark.parametrize(
    ("voices", "buttons"),
    [([], 0), ([["en-GB", True]], 0), ([["nl-NL", False]], 0), ([["nl-NL", True]], 2)],
    ids=["no voice", "no Dutch voice", "a voice on a server", "a voice of its own"],
)
def test_reading_aloud_is_offered_only_with_a_dutch_voice_of_the_phone(visit: Visit, site: str, voices, buttons):
    page = visit()
    page.add_init_script(f"({VOICES})({str(voices).replace('True', 'true').replace('False', 'false')})")

    talk = Talk(page, site).open()

    expect(talk.page.get_by_role("button", name="Lees voor")).to_have_count(buttons)


def test_reading_aloud_reads_the_choices_too(visit: Visit, site: str):
    page = visit()
    page.add_init_script(f"({VOICES})([['nl-NL', true]])")
    talk = Talk(page, site).open()
    first = talk.page.locator("#choices button").first.inner_text()

    talk.page.get_by_role("button", name="Lees voor").last.click()

    assert first in talk.page.evaluate("window.said")
