"""From hello to a page that the contact person reads, and closed again."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages import Contact, Talk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_somebody_who_only_taps_gets_a_page_that_the_contact_person_reads(talk: Talk, contact: Contact):
    mine = talk.begin().until("summary").my_page()
    wish = mine.line().locator(".vg-line__text").inner_text()

    contact.open(*mine.share())

    expect(contact.sheet.get_by_role("heading", name="Als eerste beter")).to_be_visible()
    expect(contact.wish).to_have_text(wish)


def test_the_page_begins_with_the_goal_in_the_persons_own_words(talk: Talk, contact: Contact):
    talk.begin().until("goals_first").say("Ik wil eerst een droog huis.")

    contact.open(*talk.until("summary").my_page().share())

    expect(contact.wish).to_have_text("“Ik wil eerst een droog huis.”")


def test_who_skips_everything_gets_an_empty_page_and_no_reproach(talk: Talk):
    mine = talk.begin().until("summary", how="skip").my_page()

    expect(mine.page.locator("#summary-empty")).to_have_text("Er staat nog niets op uw pagina.")
    assert mine.titles == []


def test_a_line_that_is_switched_off_leaves_no_trace(talk: Talk, contact: Contact):
    talk.begin().until("goals_first").say("Ik wil rust in huis.")
    mine = talk.until("summary").my_page()
    mine.line().get_by_role("switch").uncheck()
    expect(mine.preview).not_to_contain_text("Ik wil rust in huis.")

    contact.open(*mine.share())

    expect(contact.sheet).to_be_visible()
    expect(contact.sheet).not_to_contain_text("Ik wil rust in huis.")


def test_a_topic_is_hidden_until_the_person_says_it_may_go_along(talk: Talk):
    mine = talk.begin().until("summary").my_page()
    expect(mine.preview).not_to_contain_text("Hoe het gaat")

    mine.show("Hoe het gaat")

    expect(mine.preview).to_contain_text("Hoe het gaat")


def test_a_changed_line_is_read_by_the_contact_person(talk: Talk, contact: Contact):
    mine = talk.begin().until("summary").my_page()
    mine.line().get_by_role("button", name="Verander").click()
    mine.line().get_by_label("Uw zin").fill("Ik wil weer leren lezen.")
    mine.line().get_by_role("button", name="Bewaar").click()
    expect(mine.preview).to_contain_text("Ik wil weer leren lezen.")

    contact.open(*mine.share())

    expect(contact.sheet).to_contain_text("“Ik wil weer leren lezen.”")


def test_a_removed_line_is_gone_after_one_question(talk: Talk):
    mine = talk.begin().until("summary").my_page()
    words = mine.line().locator(".vg-line__text").inner_text()
    mine.line().get_by_role("button", name="Haal weg").click()

    mine.page.get_by_role("button", name="Ja, haal weg").click()

    expect(mine.page.locator("#sections")).not_to_contain_text(words)


def test_the_person_sees_that_the_page_was_opened(talk: Talk, contact: Contact):
    mine = talk.begin().until("summary").my_page()
    contact.open(*mine.share())
    expect(contact.sheet).to_be_visible()

    talk.press("Terug naar de vragen").my_page()

    expect(mine.page.locator("#shares")).to_contain_text("Geopend op")


def test_after_stop_sharing_the_page_is_shut(talk: Talk, visit: Visit):
    mine = talk.begin().until("summary").my_page()
    link, code = mine.share()
    mine.stop_sharing()

    late = Contact(visit()).open(link, code)

    expect(late.page.get_by_role("heading", name="Deze pagina is dicht")).to_be_visible()
    expect(late.sheet).to_be_hidden()


def test_sharing_in_the_talk_shows_the_same_card(talk: Talk, contact: Contact):
    talk.begin().until("share").choose("share_yes")
    card = talk.page.locator("#share-place")

    contact.open(card.locator('[data-slot="url"]').inner_text(), card.locator('[data-slot="code"]').inner_text())

    expect(card.get_by_role("img", name="QR-code")).to_be_visible()
    expect(contact.sheet).to_be_visible()


def test_a_share_that_is_stopped_on_the_page_is_shut_in_the_talk_too(talk: Talk):
    mine = talk.begin().until("share").choose("share_yes").my_page()
    mine.page.locator("#shares").get_by_role("button", name="Stop met delen").click()
    expect(mine.page.locator("#shares")).to_contain_text("De pagina is nu dicht")

    talk.press("Terug naar de vragen")

    expect(talk.page.locator("#share-place")).to_contain_text("De pagina is nu dicht")


def test_my_page_in_the_talk_opens_the_page(talk: Talk):
    talk.begin().until("share").choose("share_yes").choose("numbers_no").choose("summary")

    expect(talk.page.get_by_role("heading", name="Mijn pagina")).to_be_visible()


def test_a_wrong_code_is_said_kindly_and_opens_nothing(talk: Talk, contact: Contact):
    link, code = talk.begin().until("summary").my_page().share()
    wrong = "000 000" if code != "000 000" else "111 111"

    contact.open(link, wrong)

    expect(contact.error).to_contain_text("Deze code klopt niet.")
    assert contact.page.evaluate("document.activeElement.id") == "code"


def test_topics_ticked_on_both_screens_are_all_asked(talk: Talk):
    talk.begin().until("menu").pick("housing").choose("menu").pick("work").choose("menu")
    expect(talk.page.locator('#choices input[value="housing"]')).to_be_checked()

    talk.press("Verder")

    assert sorted(talk.sent[-1]["choice"].removeprefix("topics:").split(",")) == ["housing", "work"]


def test_erasing_leaves_nothing_and_says_so(talk: Talk):
    talk.begin().press("Alles wissen").button("Ja, wis alles").click()

    expect(talk.page.get_by_role("heading", name="Alles is hier weg")).to_be_visible()
    assert talk.kept() is None
    expect(talk.messages).to_have_count(0)


def test_the_welcome_is_said_once(talk: Talk):
    talk.begin()

    assert talk.messages.filter(has_text="ik ben een computer").count() == 1
