"""On paper, and on a municipality's own site."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.core.talk import Answer
from tests.browser.conftest import Visit
from tests.browser.pages import DESK, Contact, Talk
from tests.lives_of_chance import QUESTIONS, page_of
from tests.talking import begun

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AT = "2026-11-22T10:00:00Z"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_the_page_fits_on_one_sheet_of_paper(talk: Talk, contact: Contact):
    contact.open(*talk.begin().until("summary").my_page().share())
    expect(contact.sheet).to_be_visible()

    assert pages_of(contact.page.pdf(format="A4", prefer_css_page_size=True)) == 1


def everything_tapped() -> dict[str, Any]:
    """The page of somebody who answered all questions and shares all."""
    slots = {question: Answer(one.values[0]).slot() for question, one in QUESTIONS.items()}
    shared = {one.topic: True for one in QUESTIONS.values()}
    record = {"tracker": {"slots": {**begun().slots, **slots}}, "topicsShared": shared}
    return {"sections": [], "briefing": page_of(record), "sharedAt": AT, "expiresAt": AT}


def test_every_question_answered_is_two_sheets_at_most(visit: Visit, site: str):
    page = visit(DESK)
    page.route("**/open", lambda route: route.fulfill(json=everything_tapped()))
    Contact(page).open(f"{site}/s/abcdefgh", "123456")
    expect(page.locator("#sheet")).to_be_visible()

    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) <= 2


def test_the_page_is_saved_as_a_pdf_by_both(talk: Talk, contact: Contact):
    mine = talk.begin().until("summary").my_page()
    contact.open(*mine.share())
    expect(contact.sheet).to_be_visible()

    for page in (mine.page, contact.page):
        with page.expect_download() as saved:
            page.get_by_role("button", name="Bewaar als PDF").click()
        assert saved.value.suggested_filename == "pagina.pdf"
        assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")


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
