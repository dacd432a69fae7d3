"""A cry for help is heard and answered whatever hangs or is away."""

import asyncio
import threading
from typing import Any

import pytest

from bot.core.errors import DatabaseDown, EngineDown
from bot.web import urgent
from bot.web.content import Content
from tests.web.caller import Person
from tests.web.fakes import FakeEngine
from tests.web.test_openapi import check

CRY = "Ik wil dood."


@pytest.fixture
def numbers(content: Content) -> str:
    """Whom to call after these words."""
    return content.texts.get("utter_help_suicide").text


def away(*_: Any) -> Any:
    raise DatabaseDown


async def test_without_a_database_a_cry_is_told_whom_to_call(
    talker: Person, store: Any, numbers: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "unlock", away)

    answer = await talker.type(CRY)

    assert (answer.status, answer["title"], answer["help"]) == (503, "Bewaren lukt nu niet", [numbers])
    check("POST /v1/conversations/{conversationId}/messages", answer)


async def test_a_bare_call_for_help_gets_every_line(talker: Person, store: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "unlock", away)

    assert "112" in "".join((await talker.type("Help!"))["help"])


async def test_other_words_get_no_help_beside_the_trouble(talker: Person, store: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "unlock", away)

    assert "help" not in (await talker.type("Ik was moe.")).body


async def test_a_fault_of_our_own_keeps_no_help_back(
    talker: Person, store: Any, numbers: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "unlock", None)  # calling it raises

    answer = await talker.type(CRY)

    assert (answer.status, answer["help"]) == (500, [numbers])


async def test_who_lost_the_way_into_the_talk_is_told_whom_to_call(talker: Person, numbers: str):
    talker.token = "x" * 43

    answer = await talker.type(CRY)

    assert (answer.status, answer["help"]) == (401, [numbers])


async def test_a_cry_does_not_wait_for_a_database_that_hangs(
    talker: Person, store: Any, numbers: str, monkeypatch: pytest.MonkeyPatch
):
    hangs, load = threading.Event(), store.load
    monkeypatch.setattr(urgent, "HELP_SECONDS", 0.1)
    monkeypatch.setattr(store, "load", lambda *asked: hangs.wait(20) and load(*asked))
    others = [asyncio.create_task(talker.reads()) for _ in range(40)]  # more than the database has threads

    answer = await talker.say(text=CRY, messageId="m1")
    hangs.set()
    await asyncio.gather(*others)

    assert (answer.status, answer["help"]) == (503, [numbers])
    assert numbers in (await talker.say(text=CRY, messageId="m1")).texts
    assert (await talker.reads()).texts.count(numbers) == 1


async def test_a_cry_does_not_wait_for_kept_messages_to_be_delivered(talker: Person, engine: FakeEngine, numbers: str):
    engine.is_down = True
    await talker.type("Ik was moe.")

    async def hangs(turn: Any) -> Any:
        raise AssertionError("an engine was asked before the cry was heard")

    engine.turn = hangs  # type: ignore[method-assign]

    assert numbers in (await talker.type(CRY)).texts


async def test_the_third_doubtful_cry_is_not_delivered_first_either(talker: Person, engine: FakeEngine, numbers: str):
    engine.is_down = True
    for _ in range(2):
        await talker.type("Het is zwaar.")
        await talker.tap("concern_ok")
    engine.is_down, engine.trouble = False, [EngineDown()]

    assert (await talker.type("Het is zwaar."))["question"]["id"] == "safety"
    assert engine.trouble
