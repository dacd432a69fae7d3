"""How long everything is kept stands beside the code and on the page; every yes can be taken back there."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Talk

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ENDS = "Ik bewaar uw antwoorden tot"


def test_the_end_date_stands_beside_the_own_code(talk: Talk):
    talk.begin().press("Stop")

    expect(talk.page.locator("#own-code")).to_contain_text(ENDS)
    expect(talk.messages.nth(-2)).to_contain_text(ENDS)


def test_the_day_of_the_meeting_moves_the_end(talk: Talk):
    talk.begin().my_page()
    before = talk.page.locator("#keeping-ends").inner_text()

    talk.page.get_by_label("Weet u de dag van uw gesprek?").fill(
        (datetime.now(UTC).date() + timedelta(days=40)).isoformat()
    )
    talk.page.get_by_role("button", name="Bewaar deze dag").click()

    expect(talk.page.locator("#keeping-result")).to_have_text("De dag is bewaard.")
    assert talk.page.locator("#keeping-ends").inner_text() != before


def test_a_day_that_is_over_is_refused_with_words(talk: Talk):
    talk.begin().my_page()

    talk.page.get_by_label("Weet u de dag van uw gesprek?").fill("2020-01-01")
    talk.page.get_by_role("button", name="Bewaar deze dag").click()

    expect(talk.page.locator("#meeting-error")).to_contain_text("Deze dag kan niet.")
    assert talk.focused == "meeting-day"


def test_a_yes_to_health_is_taken_back_on_the_page_and_its_words_leave_the_screen(talk: Talk):
    talk.begin().say("ik heb een depressie").choose("health_yes")
    page = talk.my_page()
    expect(page.line()).to_contain_text("depressie")

    talk.button("Neem dit ja terug").click()

    expect(talk.page.locator("#keeping-result")).to_have_text("Uw antwoorden over gezondheid zijn gewist.")
    expect(talk.page.locator("#keeping-health")).to_be_hidden()
    assert "depressie" not in talk.page.content()


def test_remembering_is_taken_back_on_the_page(talk: Talk):
    talk.begin("remember_yes").my_page()
    assert talk.kept("localStorage")

    talk.button("Niet meer onthouden").click()

    expect(talk.page.locator("#keeping-remember")).to_be_hidden()
    assert talk.kept("localStorage") is None


def test_who_changes_a_line_reads_that_health_is_kept_too(talk: Talk):
    talk.begin().choose("good").my_page()

    talk.page.get_by_role("button", name="Verander").first.click()

    expect(talk.page.locator("#sections form").first).to_contain_text("Dan bewaar ik dat ook")
