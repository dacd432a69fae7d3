"""Meta's deliveries name no person, so any gateway may get any of them: before the first yes too."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.store.store import Store
from bot.web.content import Content
from tests.channels.conftest import SITE, _empty_post
from tests.channels.meta import SETTINGS, Meta, words
from tests.channels.phone import Phone
from tests.served import NO_LIMITS
from tests.store.builders import Clock
from tests.web.fakes import FakeEngine, FakeSense
from tests.web.pair import Pair

pytestmark = pytest.mark.slow


@pytest.fixture
async def pair(
    folder: str, store: Store, engine: FakeEngine, sense: FakeSense, content: Content, clock: Clock, meta: Meta
) -> AsyncIterator[Pair]:
    _empty_post(store)
    env = {"DATA_DIR": folder, "PUBLIC_URL": SITE, "WHATSAPP_GRAPH_URL": meta.address, **NO_LIMITS, **SETTINGS}
    started = await Pair((store, engine, sense, content, clock), env).start()
    yield started
    for caller in started.callers:
        await caller.client.close()


@pytest.fixture
def phone(pair: Pair, meta: Meta) -> Phone:
    return Phone(pair.callers[0].client, meta)


def at(pair: Pair, number: int, phone: Phone) -> Phone:
    """The same phone, whose next message reaches this gateway."""
    phone.gateway = pair.callers[number].client
    return phone


async def test_a_number_that_is_typed_means_what_another_gateway_showed(pair: Pair, phone: Phone, says: Any):
    await phone.type("hallo")

    reply = await at(pair, 1, phone).type("1")

    assert says("utter_ask_remember") in words(reply)


async def test_a_cry_before_the_yes_goes_on_at_another_gateway(pair: Pair, phone: Phone, says: Any):
    await phone.type("hallo")
    await at(pair, 1, phone).type("ik wil dood")

    reply = await at(pair, 0, phone).tap("Ja")

    assert says("utter_safe_yes") in words(reply)


async def test_the_whole_talk_may_change_gateways_at_every_message(pair: Pair, phone: Phone):
    await phone.type("hallo")
    await at(pair, 1, phone).tap("Ja, bewaren")
    reply = await at(pair, 0, phone).tap("Nee, niet onthouden")

    assert "https://voorgesprek.example/#link=" in words(reply)
