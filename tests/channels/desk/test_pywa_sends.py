"""pywa builds what we build, and is answered by the phone on the desk as it expects of Meta."""

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest
from pywa_async import WhatsApp, errors
from pywa_async.types import Button, Section, SectionList, SectionRow
from pywa_async.types.templates import BodyText, QuickReplyButton, TemplateLanguage

from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_people import Handset, shown_to_person, words_and_buttons
from bot.channels.whatsapp_rendering import Rendering
from bot.channels.whatsapp_templates import go_on, invite
from bot.core.questionnaire import load
from bot.web.content import Content
from tests.channels.desk.helpers import say, whatsapp_settings
from tests.channels.meta import NUMBER_ID, TOKEN, Body
from tests.store.builders import NOON

pytestmark = pytest.mark.slow

TO = {"messaging_product": "whatsapp", "recipient_type": "individual"}
QUESTIONS = tuple(load().questions)


@pytest.fixture
async def pywa(desk: Desk, karin: Handset) -> AsyncIterator[WhatsApp]:
    """A client of pywa that takes the desk for Meta; Karin wrote just now."""
    async with httpx.AsyncClient() as session:
        client = WhatsApp(phone_id=NUMBER_ID, token=TOKEN, session=session)
        session.base_url = f"{desk.address}/v25.0"
        desk.say(karin, {"kind": "text", "text": "hallo"})
        yield client


def same(shown: Body) -> dict[str, Any]:
    """What pywa is asked for, to say the same."""
    if shown["list"]:
        rows = [SectionRow(one["title"], one["id"], one.get("description")) for one in shown["buttons"]]
        return {"text": shown["text"], "buttons": SectionList(shown["list"], [Section(shown["list"], rows)])}
    return {"text": shown["text"], "buttons": [Button(one["title"], one["id"]) for one in shown["buttons"]]}


@pytest.mark.parametrize("hidden", [False, True], ids=["to a number", "to a user id"])
async def test_pywa_builds_a_talk_as_we_do(together: Desk, pywa: WhatsApp, hidden: bool):
    who = together.join("Bea", is_hidden=hidden)
    await say(together, who, kind="text", text="hallo")
    for title in ("Ja, bewaren", "Nee, niet onthouden"):
        await say(together, who, kind="tap", title=title)
    ours = list(who.received)

    for shown in ours:
        await pywa.send_message(who.address, tracker=shown["body"]["biz_opaque_callback_data"], **same(shown))

    assert [one["kind"] for one in ours] == ["interactive", "interactive", "text"]
    assert [one["body"] for one in who.received[len(ours) :]] == [one["body"] for one in ours]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_pywa_builds_every_question_as_we_do(pywa: WhatsApp, karin: Handset, content: Content, question: str):
    [ours] = asked(content, question)
    shown = shown_to_person("", ours, *words_and_buttons(ours), "")

    await pywa.send_message(karin.number, **same(shown))

    assert karin.received[0]["body"] == {**TO, "to": karin.number, **ours}


def test_the_questions_come_as_buttons_and_as_lists_and_as_a_text(content: Content):
    bodies = [body for question in QUESTIONS for body in asked(content, question)]

    assert {body.get("interactive", {}).get("type", body["type"]) for body in bodies} == {"button", "list", "text"}


def asked(content: Content, question: str) -> list[Body]:
    """A question as our channel shows it, were it not sensitive."""
    texts, known = content.at(NOON, "whatsapp").texts, content.questionnaire.questions[question]
    text = texts.raw(f"utter_ask_{question}")
    message = {"text": text.text, "kind": "question", "choices": [choice.json() for choice in text.choices]}
    waiting = {"id": question, "topic": known.topic, "awaiting": "asked"}
    return Rendering(content.questionnaire, texts, False).render({"messages": [message], "question": waiting}).bodies


async def test_pywa_builds_our_templates_as_we_do(desk: Desk, karin: Handset, pywa: WhatsApp):
    settings, gaps = whatsapp_settings(), ("mevrouw De Vries", "maandag 3 mei", "https://x.nl")
    button = QuickReplyButton.params(callback_data="go_on", index=0)

    await pywa.send_template(karin.number, settings.template_invite, TemplateLanguage.DUTCH, [BodyText.params(*gaps)])
    await pywa.send_template(karin.number, settings.template_go_on, TemplateLanguage.DUTCH, [button])

    to = {**TO, "to": karin.number}
    ours = [{**to, **invite(settings.template_invite, gaps[0], date(2027, 5, 3), gaps[2])}, {**to, **go_on(settings)}]
    assert [in_small_letters(one) for one in desk.sent] == [in_small_letters(one) for one in ours]


def in_small_letters(template: Body) -> str:
    """JSON to compare: pywa writes the kinds of components as Meta's answers do, we as its examples do."""
    return json.dumps(template, sort_keys=True).lower().replace('"index": "0"', '"index": 0')


async def test_pywa_is_told_what_it_sent(karin: Handset, pywa: WhatsApp):
    sent = await pywa.send_message(karin.number, "Goed.")

    assert sent.id == karin.received[0]["id"]


REFUSALS = [
    ("131047", errors.ReEngagementMessage),
    ("131056", errors.TooManyMessages),
    ("130429", errors.RateLimitHit),
    ("131000", errors.UnknownError),
    ("131016", errors.ServiceUnavailable),
    ("190", errors.ExpiredAccessToken),
    ("368", errors.TemporarilyBlocked),
    ("131009", errors.InvalidParameter),
]


@pytest.mark.parametrize(("answer", "error"), REFUSALS, ids=[code for code, _ in REFUSALS])
async def test_pywa_knows_every_refusal(
    desk: Desk, karin: Handset, pywa: WhatsApp, answer: str, error: type[Exception]
):
    desk.turn({"answer": answer})

    with pytest.raises(error) as refused:
        await pywa.send_message(karin.number, "Goed.")

    assert (refused.value.code, bool(refused.value.details)) == (int(answer), True)


async def test_pywa_is_refused_what_does_not_fit(karin: Handset, pywa: WhatsApp):
    four = [Button(str(number), str(number)) for number in range(4)]

    with pytest.raises(errors.InvalidParameter):
        await pywa.send_message(karin.number, "Kies", buttons=four)


async def test_pywa_marks_a_message_as_read(karin: Handset, pywa: WhatsApp):
    await pywa.mark_message_as_read(karin.chat[0]["id"])

    assert karin.chat[0]["status"] == "read"
