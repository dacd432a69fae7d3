"""Somebody else looks at this phone too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages import Contact, MyPage, Talk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = "Opstaan was heel zwaar."


def test_after_a_reload_only_the_waiting_question_is_shown(talk: Talk):
    talk.begin().say(SECRET)
    waiting = talk.question

    talk.open()

    expect(talk.messages).to_have_count(1)
    assert talk.question == waiting
    assert SECRET not in talk.page.content()


def test_back_after_leaving_shows_only_the_waiting_question(talk: Talk):
    talk.begin().say(SECRET)
    talk.page.goto(talk.site + "/weg")

    talk.page.go_back()

    expect(talk.messages).to_have_count(1)
    assert SECRET not in talk.page.content()


def test_the_tab_tells_nothing(talk: Talk):
    assert re.fullmatch(r"Vragen – .+", talk.page.title())


def test_without_a_yes_only_the_tab_remembers(talk: Talk):
    talk.begin(remember="remember_no")

    assert talk.kept("sessionStorage")
    assert talk.kept("localStorage") is None


def test_after_a_yes_the_phone_remembers_for_a_day_and_without_the_code(talk: Talk):
    talk.begin(remember="remember_yes")

    hours = talk.page.evaluate("(JSON.parse(localStorage.getItem('voorgesprek')).until - Date.now()) / 36e5")

    assert 23 < hours <= 24
    assert "code" not in (talk.kept("localStorage") or "code")


def test_after_a_yes_a_closed_tab_goes_on_where_it_was(talk: Talk):
    talk.begin(remember="remember_yes")
    waiting = talk.question

    again = Talk(talk.page.context.new_page(), talk.site).open()

    assert again.question == waiting


def test_no_word_of_the_talk_is_kept_in_the_browser(talk: Talk):
    talk.begin(remember="remember_yes").say(SECRET)

    assert SECRET not in f"{talk.kept('sessionStorage')}{talk.kept('localStorage')}"


@pytest.mark.parametrize("from_help", [False, True], ids=["from the page", "from help"])
def test_snel_weg_clears_and_leaves_at_once(talk: Talk, from_help: bool):
    talk.begin(remember="remember_yes")
    leave = talk.page.locator("[data-leave]")
    talk.page.route(lambda url: not url.startswith(talk.site), lambda route: route.fulfill(body="neutraal"))
    if from_help:
        talk.button("Hulp nu").click()

    leave.nth(1 if from_help else 0).click()
    talk.page.wait_for_function("!document.getElementById('talk')")
    talk.page.goto(talk.site + "/weg")

    assert (talk.kept("sessionStorage"), talk.kept("localStorage")) == (None, None)


def test_the_own_code_is_shown_at_a_pause_until_it_is_kept(talk: Talk):
    talk.begin().press("Stop")
    card = talk.page.get_by_role("region", name="Uw eigen code")
    expect(card).to_contain_text(re.compile(r"\d{4} \d{4} \d{4} \d{4}"))

    talk.press("Ik heb de code bewaard")

    expect(card).to_be_hidden()
    assert not re.search(r"\d{4} \d{4} \d{4} \d{4}", talk.page.locator("main").inner_text())


def test_with_the_own_code_another_phone_goes_on_at_the_question(talk: Talk, visit: Visit, site: str):
    talk.begin().say(SECRET).press("Stop")
    code = talk.page.locator("#own-code-digits").inner_text()

    other = Talk(visit(), site).open()
    other.button("Ik heb een code").click()
    other.page.get_by_label("De code van 16 cijfers").fill(code)
    other.button("Ga verder").click()

    expect(other.messages).to_have_count(1)
    expect(other.page.locator('#answers[data-question="paused"]')).to_be_visible()
    assert SECRET not in other.page.content()


def test_a_cry_for_help_does_not_stay_on_the_screen(talk: Talk):
    talk.begin().say("ik wil niet meer leven")

    assert talk.question == "safety"
    expect(talk.page.locator("#talk")).not_to_contain_text("niet meer leven")


def test_an_unknown_code_is_said_and_the_talk_stays(talk: Talk):
    talk.button("Ik heb een code").click()
    talk.page.get_by_label("De code van 16 cijfers").fill("0000 0000 0000 0000")
    talk.button("Ga verder").click()

    expect(talk.page.locator("#resume-error")).to_contain_text("Deze code ken ik niet.")
    assert talk.question == "consent"


ALONE = "Ik wil eerst even alleen praten."


@pytest.fixture
def together(talk: Talk) -> MyPage:
    """The page of somebody who brings another person, and would first like to talk alone."""
    talk.begin().until("meeting_company").choose("family_friend").choose("yes")
    return talk.until("summary").my_page()


def test_talking_alone_first_is_covered_on_the_persons_page_until_it_is_tapped(together: MyPage):
    assert ALONE not in together.page.locator("main").inner_text()
    expect(together.preview).to_contain_text("Deze zin is bedekt.")

    together.page.get_by_role("button", name="Toon deze zin").click()

    expect(together.page.locator("#sections")).to_contain_text(ALONE)
    expect(together.preview).to_contain_text(ALONE)


def test_it_is_covered_again_when_the_page_is_opened_again(together: MyPage):
    together.page.get_by_role("button", name="Toon deze zin").click()
    expect(together.preview).to_contain_text(ALONE)
    together.page.get_by_role("button", name="Terug naar de vragen").click()

    together.page.get_by_role("button", name="Mijn pagina").first.click()

    expect(together.page.get_by_role("button", name="Toon deze zin")).to_be_visible()
    expect(together.preview).not_to_contain_text(ALONE)


def test_covered_leaves_no_trace_on_the_persons_own_paper(together: MyPage):
    together.page.emulate_media(media="print")

    assert "bedekt" not in together.page.locator("main").inner_text()
    assert ALONE not in together.page.locator("main").inner_text()


def test_after_a_reload_neither_question_nor_answer_is_on_the_screen(talk: Talk):
    talk.begin().until("meeting_company").choose("family_friend").choose("yes")

    talk.open()

    assert "alleen praten" not in talk.page.content()


def test_the_contact_person_reads_it(together: MyPage, contact: Contact):
    contact.open(*together.share())

    expect(contact.sheet).to_contain_text(ALONE)
