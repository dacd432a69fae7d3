"""A phone with a weak connection, a quick finger and a server that rests."""

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.pages import Talk, cut_off

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MESSAGES = "**/messages"
NOON = "2026-11-22T12:00:00Z"


def a_message(message_id: str, text: str, *choices: dict[str, str]) -> dict[str, Any]:
    return {"id": message_id, "at": NOON, "from": "bot", "text": text, "kind": "info", "choices": list(choices)}


def test_a_double_tap_says_one_thing(talk: Talk):
    talk.page.locator('#choices button[data-value="consent_yes"]').dblclick()
    talk.settled()

    assert [turn["choice"] for turn in talk.sent] == ["consent_yes"]
    assert talk.question == "remember"


def test_without_a_connection_the_words_stay_and_it_is_said(talk: Talk):
    talk.begin().page.route(MESSAGES, cut_off)
    talk.page.locator("#own-words").fill("Het gaat wel.")
    talk.button("Stuur").click()

    expect(talk.page.locator("#trouble")).to_contain_text("Er is nu geen verbinding.")
    expect(talk.button("Probeer opnieuw")).to_be_visible()
    expect(talk.page.locator("#own-words")).to_have_value("Het gaat wel.")


def test_trying_again_sends_the_same_message_once(talk: Talk):
    talk.begin().page.route(MESSAGES, cut_off)
    talk.page.locator("#own-words").fill("Het gaat wel.")
    talk.button("Stuur").click()
    expect(talk.button("Probeer opnieuw")).to_be_visible()  # else the message may still be on its way
    talk.page.unroute(MESSAGES)
    talk.press("Probeer opnieuw")

    assert talk.sent[-1] == talk.sent[-2]
    expect(talk.page.locator("#messages")).to_contain_text("Het gaat wel.")
    expect(talk.page.locator("#trouble")).to_be_empty()


def test_a_lost_answer_is_not_said_twice(talk: Talk):
    def arrives_but_the_answer_is_lost(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    talk.page.route(MESSAGES, arrives_but_the_answer_is_lost, times=1)
    talk.page.locator('#choices button[data-value="consent_yes"]').click()
    talk.press("Probeer opnieuw")

    assert talk.question == "remember"
    expect(talk.messages.filter(has_text="U:")).to_have_count(1)


def test_a_cry_that_the_talk_cannot_answer_shows_whom_to_call_at_once(talk: Talk):
    problem = {"status": 503, "title": "Bewaren lukt nu niet", "help": ["Bel 113.", "Bel 112 bij gevaar."]}
    sent = {"status": 503, "content_type": "application/problem+json", "body": json.dumps(problem)}
    talk.begin().page.route(MESSAGES, lambda route: route.fulfill(**sent))

    talk.page.locator("#own-words").fill("Ik wil dood.")
    talk.button("Stuur").click()

    expect(talk.page.locator('#messages [data-kind="help"]')).to_have_count(2)
    expect(talk.page.get_by_role("link", name="113")).to_have_attribute("href", "tel:113")
    talk.button("Probeer opnieuw").click()
    expect(talk.page.locator('#messages [data-kind="help"]')).to_have_count(2)


def test_the_page_tries_again_by_itself_when_the_connection_is_back(talk: Talk):
    talk.page.route(MESSAGES, cut_off, times=1)
    talk.page.locator('#choices button[data-value="consent_yes"]').click()
    expect(talk.button("Probeer opnieuw")).to_be_visible()

    talk.page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(talk.page.locator('#answers[data-question="remember"]')).to_be_visible()


def test_a_reply_that_comes_later_is_shown_by_itself(talk: Talk):
    """With the engine down the turn is kept; the page asks until the reply is there."""
    talk.begin()
    question = {"id": talk.question, "topic": "wellbeing", "awaiting": "open"}
    notice = a_message("n1", "Ik antwoord zo.")
    late = a_message("n2", "Hier ben ik weer.", {"label": "Goed", "value": "good"})
    state = {"messages": [notice], "question": question, "progress": {"answered": 0, "of": 9}, "pending": True}
    talk.page.route(MESSAGES, lambda route: route.fulfill(status=200, body=json.dumps(state)))
    answered = {**state, "messages": [notice, late], "pending": False}
    talk.page.route("**/v1/conversations/*", lambda route: route.fulfill(status=200, body=json.dumps(answered)))

    talk.say("Het gaat wel.")

    expect(talk.messages.last).to_contain_text("Hier ben ik weer.")


def test_a_talk_that_is_gone_begins_again(talk: Talk):
    talk.begin()
    talk.page.evaluate("""() => { const kept = JSON.parse(sessionStorage.voorgesprek);
        sessionStorage.voorgesprek = JSON.stringify({...kept, token: 'x'.repeat(43)}); }""")

    talk.open()

    assert talk.question == "consent"
    expect(talk.page.locator("#trouble")).to_contain_text("Hebt u een code?")
