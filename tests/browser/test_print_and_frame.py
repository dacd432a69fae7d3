"""On paper, and on a municipality's own site."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages import DESK, Contact, Talk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOPICS = ["goals", *"bcdefghijkl"]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_the_page_fits_on_one_sheet_of_paper(talk: Talk, contact: Contact):
    contact.open(*talk.begin().until("summary").my_page().share())
    expect(contact.sheet).to_be_visible()

    assert pages_of(contact.page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_also_when_every_question_was_answered(visit: Visit, site: str):
    line = {
        "lineId": "x",
        "label": "Wat ik nu nodig heb",
        "text": "Ik wil graag hulp om dingen te regelen, en rust.",
        "ownWords": True,
    }
    sections = [{"topic": topic, "title": topic, "lines": [line] * 4} for topic in TOPICS]
    shared = {"sections": sections, "sharedAt": "2026-11-22T10:00:00Z", "expiresAt": "2026-12-22T10:00:00Z"}
    page = visit(DESK)
    page.route("**/open", lambda route: route.fulfill(json=shared))
    Contact(page).open(f"{site}/s/abcdefgh", "123456")
    expect(page.locator("#sheet")).to_be_visible()

    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_paper_shows_the_page_and_nothing_around_it(talk: Talk):
    mine = talk.begin().until("summary").my_page()

    mine.page.emulate_media(media="print")

    expect(mine.preview).to_be_visible()
    expect(talk.button("Hulp nu")).to_be_hidden()
    expect(mine.page.locator("#sections")).to_be_hidden()


def test_the_script_puts_one_frame_on_a_page_and_nothing_else(visit: Visit, site: str):
    page = visit(DESK)
    html = f'<!doctype html><title>x</title><body><div id="voorgesprek"></div><script src="{site}/embed.js"></script>'
    page.route("**/host", lambda route: route.fulfill(body=html, content_type="text/html"))

    page.goto(f"{site}/host")

    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", f"{site}/embed")
    assert page.evaluate("document.body.querySelectorAll('*').length") == 3  # the place, the frame, the script
    assert page.evaluate("document.head.querySelectorAll('style, link, script').length") == 0


def test_the_talk_works_inside_the_frame(visit: Visit, site: str):
    page = visit(DESK)
    page.route(
        "**/host", lambda route: route.fulfill(body=f'<iframe src="{site}/embed"></iframe>', content_type="text/html")
    )

    page.goto(f"{site}/host")
    frame = page.frame_locator("iframe")
    frame.locator('#choices button[data-value="consent_yes"]').click()

    expect(frame.locator('#answers[data-question="remember"]')).to_be_attached()
