"""What holds in WhatsApp whatever people type or tap, with the trained engine: the same as on our own page."""

import random
from typing import Any

import pytest

from bot.core import questionnaire
from bot.core.errors import ConversationUnknown
from bot.sense.sensing import Sense
from bot.store.phones import Sender
from tests.channels.meta import buttons, message, tap, text, words
from tests.channels.phone import Phone
from tests.talkers import WORDS
from tests.wiring.test_record import EngineHere

pytestmark = pytest.mark.slow

QUESTIONS = questionnaire.load().questions
MOVES = 40
COMMANDS = [
    "leg uit",
    "voorbeeld",
    "waarom",
    "mens",
    "mijn pagina",
    "vorige",
    "sla over",
    "stop",
    "verder",
    "nieuwe link",
]
STRANGE = ["audio", "image", "sticker", "location", "reaction"]


@pytest.fixture
def engine(store, content):
    return EngineHere(store, content)


@pytest.fixture
def sense():
    return Sense()


@pytest.fixture(autouse=True)
def _without_pace(monkeypatch):
    """Somebody who walks at random types faster than people do."""
    monkeypatch.setattr("bot.channels.whatsapp_sending.BURST", 1000)


class Walker:
    """Somebody who goes through the talk at random, and what was answered before the last move."""

    def __init__(self, phone: Phone, store: Any, clock: Any, seed: int) -> None:
        self.phone, self.store, self.clock, self.chance = phone, store, clock, random.Random(seed)
        self.move, self.before = "", {}

    @property
    def record(self) -> dict[str, Any]:
        opened = self.store.phones.find(Sender(self.phone.number), self.clock.now)
        return self.store.load(opened.conversation_id, opened.data_key).record

    @property
    def answers(self) -> dict[str, Any]:
        slots = self.record["tracker"]["slots"]
        return {question: slots[question] for question in QUESTIONS if slots.get(question)}

    async def go(self) -> "Walker":
        self.before, self.asked = self.answers, (self.record["question"] or {}).get("id")
        last = self.phone.received[-1]
        offered = buttons(last) if last["type"] == "interactive" else []
        offered = [one for one in offered if not one["id"].endswith(("erase_yes", "health_no"))]
        said = self.chance.choice([*COMMANDS, *STRANGE, *WORDS * 3, "1", "2", "3", *offered * 2])
        self.move = str(said)
        await self.phone.send(self._message(said))
        return self

    def _message(self, said: Any) -> dict[str, Any]:
        if isinstance(said, dict):
            kind = "list_reply" if self.phone.received[-1]["interactive"]["type"] == "list" else "button_reply"
            return tap(self.phone.number, said, kind)
        inner = {"emoji": "👍"} if said == "reaction" else {"id": "1"}
        return message(self.phone.number, said, inner) if said in STRANGE else text(self.phone.number, said)


@pytest.fixture(params=range(4), ids=lambda seed: f"walk {seed}")
async def walker(request, phone, store, clock):
    return Walker(await phone.begin(), store, clock, request.param)


async def test_no_answer_is_lost_and_every_message_gets_one_reply(walker):
    for number in range(MOVES):
        before = len(walker.phone.received)
        await walker.go()
        kept = {question: answer for question, answer in walker.before.items() if question != walker.asked}

        assert len(walker.phone.received) == before + 1, (number, walker.move)
        assert kept.items() <= walker.answers.items(), (number, walker.move)


async def test_no_sensitive_question_and_no_word_of_the_person_goes_over_whatsapp(walker, content):
    asked = [content.texts.raw("utter_ask_" + one.id).text for one in QUESTIONS.values() if one.sensitive]
    for _ in range(MOVES):
        await walker.go()
    said = "\n".join(words(body) for body in walker.phone.received)

    assert [text for text in [*asked, *WORDS] if text in said] == []


async def test_a_cry_for_help_is_answered_wherever_it_comes(walker):
    for _ in range(5):
        for _ in range(7):
            await walker.go()
        reply = await walker.phone.type("ik wil niet meer leven")
        assert "113" in words(reply)
        assert "#link" not in words(reply)


async def test_erased_means_that_nothing_is_left(walker, store):
    for _ in range(10):
        await walker.go()
    opened = store.phones.find(Sender(walker.phone.number), walker.clock.now)
    await walker.phone.type("alles wissen")
    await walker.phone.tap("Ja, alles wissen")

    assert store.phones.find(Sender(walker.phone.number), walker.clock.now) is None
    with pytest.raises(ConversationUnknown):
        store.load(opened.conversation_id, opened.data_key)
