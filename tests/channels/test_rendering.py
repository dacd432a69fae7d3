"""Whatever the bot says fits into WhatsApp, and what is for our own page stays there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.whatsapp_rendering import Rendering
from bot.core import questionnaire
from bot.web.content import Content
from tests.channels.meta import buttons, words

CONTENT = Content.load()
QUESTIONS = questionnaire.load().questions
TEXTS = CONTENT.texts.on("whatsapp")
RENDERING = Rendering(CONTENT.questionnaire, TEXTS, leaves_out=False)
LINK = "https://voorgesprek.example/#link=abc"


def asked(key, **more):
    text = TEXTS.get(key)
    return {"text": text.text, "kind": text.kind, "choices": [choice.json() for choice in text.choices], **more}


def state(*messages, id="daily_life_day", topic="daily_life", awaiting="open"):
    return {"messages": list(messages), "question": {"id": id, "topic": topic, "awaiting": awaiting}}


def of(question):
    return state(asked("utter_ask_" + question.id), id=question.id, topic=question.topic, awaiting=question.awaiting)


def one(state, link=None):
    (body,) = RENDERING.render(state, link).bodies
    return body


def check(body):
    """Meta's limits."""
    if body["type"] == "text":
        assert 0 < len(words(body)) <= 4096
        assert body["text"]["preview_url"] is False
        return
    titles = [button["title"] for button in buttons(body)]
    is_list = body["interactive"]["type"] == "list"
    assert 0 < len(words(body)) <= 1024
    assert len(titles) <= (10 if is_list else 3)
    assert len(set(titles)) == len(titles)
    assert all(0 < len(title) <= (24 if is_list else 20) for title in titles)
    assert all(len(button["id"]) <= 200 and len(button.get("description", "")) <= 72 for button in buttons(body))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_fits(question):
    check(one(of(question), LINK if question.sensitive else None))


@pytest.mark.parametrize("key", [key for key in TEXTS if key.startswith("utter_ask_") or TEXTS.raw(key).choices])
def test_every_text_with_buttons_fits(key):
    text = TEXTS.raw(key)
    message = {"text": text.text, "kind": text.kind, "choices": [choice.json() for choice in text.choices]}

    for body in RENDERING.render(state(message, id="x", topic=None, awaiting="choice")).bodies:
        check(body)


@settings(deadline=None)  # a busy machine is not a fault
@given(
    st.text(min_size=1, max_size=9000),
    st.lists(st.text("abc ", min_size=1, max_size=90), max_size=14, unique=True),
)
def test_any_text_with_any_buttons_fits(text, labels):
    choices = [{"label": label, "value": f"v{number}"} for number, label in enumerate(labels)]

    for body in RENDERING.render(state({"text": "x" + text, "kind": "question", "choices": choices})).bodies:
        if body["type"] == "text":
            assert 0 < len(words(body)) <= 4096
        else:
            check(body)


def test_a_turn_is_one_message():
    body = one(state({"text": "Goed.", "kind": "info", "choices": []}, asked("utter_ask_daily_life_day")))

    assert words(body) == "Goed.\n\n" + TEXTS.get("utter_ask_daily_life_day").text


def test_a_list_has_the_ways_out_under_the_answers():
    rows = [row["id"] for row in buttons(one(of(QUESTIONS["daily_life_hard"])))]

    assert rows[-3:] == ["daily_life_hard|skip", "daily_life_hard|explain", "daily_life_hard|back"]


@pytest.mark.parametrize("question", [q for q in QUESTIONS.values() if q.sensitive], ids=lambda q: q.id)
def test_a_sensitive_question_and_its_buttons_are_not_shown(question):
    reply = RENDERING.render(of(question), LINK)

    assert TEXTS.raw("utter_ask_" + question.id).text not in words(reply.bodies[0])
    assert reply.shown == {"question": question.id, "choices": [], "unseen": True}


def test_the_menu_shows_all_topics_with_numbers():
    body = one(state(asked("utter_ask_menu"), id="menu", topic=None, awaiting="choice"))

    assert "1. Wat ik graag doe\n" in words(body)
    assert len(buttons(body)) == 10


def test_sensitive_topics_are_not_offered_where_they_are_left_out():
    rendering = Rendering(CONTENT.questionnaire, TEXTS, leaves_out=True)
    reply = rendering.render(state(asked("utter_ask_menu"), id="menu", topic=None, awaiting="choice"))

    values = {choice["value"] for choice in reply.shown["choices"]}
    assert not values & {"topics:health", "topics:money", "topics:people"}


def test_a_message_with_a_link_shows_no_preview():
    body = one(state(asked("utter_ask_summary"), id="summary", topic=None, awaiting="summary"), LINK)

    assert LINK in words(body)
    assert body["text"]["preview_url"] is False


def test_the_own_code_is_shown_on_our_own_page_only():
    paused = state(asked("utter_ask_paused"), id="paused", topic=None, awaiting="paused")

    assert RENDERING.needs_link(paused)
    assert "{resume_code}" not in TEXTS.raw("utter_paused").text


def test_what_is_asked_beside_a_sensitive_question_comes_first():
    question = QUESTIONS["wellbeing_week"]
    both = of(question)
    both["messages"].append(asked("utter_ask_keep"))

    assert not RENDERING.needs_link(both)
    assert [one["title"] for one in buttons(one(both))] == ["Ja, gebruiken", "Nee, niet gebruiken"]


@pytest.mark.parametrize(("share", "needs"), [({"code": "482913"}, True), ({"code": "482913", "to": "Sanne"}, False)])
def test_only_who_must_pass_on_link_and_code_is_sent_to_our_own_page(share, needs):
    shared = {**state(asked("utter_ask_shared"), id="shared", topic=None, awaiting="shared"), "share": share}

    assert RENDERING.needs_link(shared) is needs
