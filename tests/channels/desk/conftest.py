"""The phone on the desk, served beside a gateway with a fake engine; both know each other."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.channels.whatsapp import PATH
from bot.channels.whatsapp_phone import make_phone
from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_people import Handset
from bot.settings import Settings
from tests.channels.desk.helpers import SOON, Graph, until, whatsapp_settings
from tests.channels.meta import SETTINGS
from tests.store.builders import Clock


@pytest.fixture
async def desk(aiohttp_server: Any, clock: Clock) -> Desk:
    """A desk that is in a hurry; `address` is where it listens, and it delivers nowhere yet."""
    desk = Desk(whatsapp_settings(), "http://127.0.0.1:9/nobody", clock)
    hurry = desk.delivery
    hurry.hold, hurry.waits, hurry.status_after, hurry.knock = 0.1, (SOON,), SOON, SOON
    served = await aiohttp_server(make_phone(Settings.from_env(SETTINGS), desk))
    desk.address = str(served.make_url("")).rstrip("/")
    return desk


@pytest.fixture
def meta(desk: Desk) -> Desk:
    """Where the gateway of the other conftest.py sends to."""
    return desk


@pytest.fixture
async def together(gateway: Any, desk: Desk) -> Desk:
    """The desk, once it delivers to the gateway."""
    desk.delivery.webhook = str(gateway.make_url(PATH))
    await until(lambda: desk.delivery.handshake == "done")
    return desk


@pytest.fixture
def karin(desk: Desk) -> Handset:
    """The first phone on the desk."""
    return desk.people[0]


@pytest.fixture
async def graph(desk: Desk) -> AsyncIterator[Graph]:
    """Somebody who sends to the desk."""
    async with aiohttp.ClientSession() as client:
        yield Graph(client, desk.address)
