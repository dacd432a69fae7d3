"""Two gateways never take two turns of one conversation at once, also while no version in a database can tell."""

import asyncio
from typing import Any

import pytest

from bot.store.store import Store
from bot.web.content import Content
from tests.store.builders import Clock
from tests.web.fakes import FakeEngine
from tests.web.pair import Pair


class Slow(FakeEngine):
    """Answers when it may."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.may_answer = asyncio.Event()

    async def turn(self, turn: Any) -> dict[str, Any]:
        await self.may_answer.wait()
        return await super().turn(turn)


class TestATurnUnderWay:
    """Another gateway waits for it, and says that it is busy when it takes too long."""

    @pytest.fixture
    def engine(self, store: Store, content: Content, clock: Clock) -> Slow:
        return Slow(store, content, clock)

    @pytest.fixture(autouse=True)
    def _impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bot.web.peers.TURN_SECONDS", 0.3)

    async def test_it_is_waited_for(self, pair: Pair, engine: Slow):
        person = await pair.begin(0)
        turn = asyncio.create_task(person.tap("consent_no"))
        await asyncio.sleep(0.1)
        there = asyncio.create_task(pair.at(1, person).reads())
        await asyncio.sleep(0.1)
        engine.may_answer.set()

        assert (await there).texts == [*(await there).texts[:2], *(await turn).texts]

    async def test_after_a_while_the_person_is_asked_to_send_it_again(self, pair: Pair, engine: Slow):
        person = await pair.begin(0)
        turn = asyncio.create_task(person.say(choice="consent_yes", messageId="m1"))
        await asyncio.sleep(0.1)

        busy = await pair.at(1, person).say(choice="consent_yes", messageId="m1")
        engine.may_answer.set()

        assert (busy.status, busy.headers["Retry-After"]) == (503, "1")
        assert (await pair.at(1, person).say(choice="consent_yes", messageId="m1")).body == (await turn).body

    async def test_of_two_that_begin_at_once_one_waits_for_the_other(self, pair: Pair, engine: Slow):
        person = await pair.begin(0)
        engine.may_answer.set()

        answers = await asyncio.gather(*(pair.at(number, person).tap("why") for number in (0, 1)))

        assert [answer.status for answer in answers] == [200, 200]
        assert answers[0]["messages"][0]["id"] != answers[1]["messages"][0]["id"]
