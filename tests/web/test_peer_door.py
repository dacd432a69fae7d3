"""Only gateways of ours are told what is held, and what stops or is away is not waited for long."""

import asyncio
import os
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

from bot.settings import Settings
from bot.store.envelopes import Envelopes
from bot.store.store import Store
from bot.web.app import make_app, take_leave
from bot.web.content import Content
from bot.web.gateway import GATEWAY
from bot.web.peer_line import PATH
from tests.served import NO_LIMITS
from tests.store.builders import Clock
from tests.web.caller import Caller, Person
from tests.web.fakes import FakeEngine, FakeSense

Served = Callable[..., Any]


@pytest.fixture
def served(
    aiohttp_client: Any, settings: Settings, store: Store, engine: FakeEngine, content: Content, clock: Clock
) -> Served:
    """A gateway with these other ones."""

    async def serve(peers: str) -> Caller:
        env = {"DATA_DIR": str(settings.data_dir), "PEERS": peers, **NO_LIMITS}
        app = make_app(Settings.from_env(env), store, engine, FakeSense(), content, clock)
        return Caller(await aiohttp_client(app))

    return serve


@pytest.fixture
async def caller(served: Served) -> Caller:
    """Somebody who calls a gateway whose only peer is away."""
    return await served(f"http://127.0.0.1:{unused_port()}")


@pytest.fixture
async def held(caller: Caller) -> Person:
    """Somebody of whom something is held."""
    person = await caller.begin()
    await person.type("hij slaat mij")
    return person


async def knock(caller: Caller, sealed: bytes) -> Any:
    response = await caller.client.post(PATH, data=sealed)
    await response.read()
    return response


def letter(person: Person) -> dict[str, str]:
    return {"ask": person.id, "by": "other"}


def whose(caller: Caller, person: Person) -> str:
    return caller.client.app[GATEWAY].holding.of(person.id).whose  # type: ignore[union-attr]


async def test_a_gateway_of_ours_is_told(caller: Caller, held: Person, store: Store):
    mark, sealed = store.envelopes.seal(letter(held))

    told = store.envelopes.answered(mark, await (await knock(caller, sealed)).read())

    assert told["held"]["record"]["help"]["signals"] == ["violence"]
    assert whose(caller, held) == "spare"


async def test_who_has_another_key_is_told_nothing(caller: Caller, held: Person, clock: Clock):
    _, sealed = Envelopes(os.urandom(32), clock).seal(letter(held))

    answer = await knock(caller, sealed)

    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (403, "application/problem+json")
    assert whose(caller, held) == "own"


async def test_what_was_sealed_half_a_minute_ago_is_refused(caller: Caller, held: Person, store: Store, clock: Clock):
    _, sealed = store.envelopes.seal(letter(held))
    clock.moves(seconds=31)

    assert (await knock(caller, sealed)).status == 403
    assert whose(caller, held) == "own"


async def test_what_came_before_is_refused(caller: Caller, held: Person, store: Store):
    _, sealed = store.envelopes.seal(letter(held))

    assert (await knock(caller, sealed)).status == 200
    assert (await knock(caller, sealed)).status == 403


async def test_of_another_talk_nothing_is_told(caller: Caller, held: Person, store: Store):
    mark, sealed = store.envelopes.seal({"ask": "another", "by": "other"})

    assert store.envelopes.answered(mark, await (await knock(caller, sealed)).read()) == {}
    assert whose(caller, held) == "own"


@pytest.mark.parametrize(("sent", "status"), [(b"", 403), (b'{"ask": "x"}', 403), (bytes(2**20 + 1), 413)])
async def test_what_is_no_letter_is_refused(caller: Caller, sent: bytes, status: int):
    assert (await knock(caller, sent)).status == status


async def test_where_no_others_are_named_there_is_no_such_address(served: Served, store: Store):
    alone = await served("")

    assert (await knock(alone, store.envelopes.seal({"ask": "x", "by": "other"})[1])).status == 404


async def test_it_is_not_counted_as_a_persons_request(
    aiohttp_client: Any, settings: Settings, store: Store, engine: FakeEngine, content: Content, clock: Clock
):
    env = {"DATA_DIR": str(settings.data_dir), "PEERS": "http://127.0.0.1:9", "RATE_PER_ADDRESS": "1"}
    app = make_app(Settings.from_env(env), store, engine, FakeSense(), content, clock)
    caller = Caller(await aiohttp_client(app))

    assert {(await knock(caller, b"")).status for _ in range(3)} == {403}


async def test_with_the_other_one_away_the_talk_goes_on(held: Person):
    assert (await held.tap("continue"))["question"]["id"] == "consent"


async def test_one_that_hangs_is_not_waited_for_long(served: Served, monkeypatch: pytest.MonkeyPatch, says):
    monkeypatch.setattr("bot.web.peer_line.ANSWER_SECONDS", 0.2)
    hangs = await asyncio.start_server(lambda reader, writer: asyncio.sleep(5), "127.0.0.1", 0)
    caller = await served(f"http://127.0.0.1:{hangs.sockets[0].getsockname()[1]}")

    person = await caller.begin()

    assert (await asyncio.wait_for(person.reads(), 3)).texts[0] == says("utter_welcome")
    hangs.close()


async def test_one_that_stops_says_so_while_it_still_answers(caller: Caller):
    before = await caller.call("GET", "/health/live")

    leaving = asyncio.create_task(take_leave(caller.client.app, 0.3))  # type: ignore[arg-type]
    await asyncio.sleep(0.1)
    after = await caller.call("GET", "/health/live")

    assert (before.status, after.status, after["status"]) == (200, 503, "stopping")
    assert (await caller.call("GET", "/health"))["status"] == "stopping"
    assert (after.headers["Connection"], (await caller.begin()).created.status) == ("close", 201)
    await leaving


async def test_who_serves_alone_waits_for_nobody_at_a_stop(served: Served):
    alone = await served("")

    await asyncio.wait_for(take_leave(alone.client.app, 60), 1)
