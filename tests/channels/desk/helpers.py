"""What tests of the phone on the desk do: settings, waiting, sending as anybody could."""

import asyncio
from collections.abc import Callable

import aiohttp

from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_people import Handset
from bot.settings import Settings, WhatsAppSettings
from tests.channels.meta import NUMBER_ID, SETTINGS, TOKEN, Body

PATIENCE = 60.0  # seconds for what takes milliseconds, on a machine that does a lot besides
SOON = 0.01  # seconds, where Meta takes a second
FREE = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "Goed."}}


def whatsapp_settings(**more: str) -> WhatsAppSettings:
    """The settings of a number at Meta."""
    settings = Settings.from_env({**SETTINGS, **more}).whatsapp
    assert settings is not None
    return settings


async def until(is_true: Callable[[], object]) -> None:
    """Wait until something holds."""
    for _ in range(int(PATIENCE / SOON)):
        if is_true():
            return
        await asyncio.sleep(SOON)
    raise AssertionError("it never happened")


async def say(desk: Desk, who: Handset, **given: object) -> Body:
    """Somebody does something; gives what the bot sends then."""
    before = len(who.received)
    desk.say(who, given)
    await until(lambda: len(who.received) > before)
    return who.received[-1]


class Graph:
    """Sends to the desk as anybody could."""

    def __init__(self, client: aiohttp.ClientSession, address: str) -> None:
        self.client, self.address = client, address

    async def send(self, body: object, token: str = TOKEN, version: str = "v25.0", number: str = NUMBER_ID) -> Body:
        """What the answer holds, with its status."""
        address, headers = f"{self.address}/{version}/{number}/messages", {"Authorization": f"Bearer {token}"}
        async with self.client.post(address, json=body, headers=headers) as response:
            return {"status": response.status, **await response.json()}

    async def call(self, method: str, path: str, body: object = None) -> Body:
        """The desk's own API."""
        async with self.client.request(method, f"{self.address}/api/{path}", json=body) as response:
            return await response.json()

    async def code(self, body: object, **more: str) -> tuple[int, int]:
        answer = await self.send(body, **more)
        return answer["status"], answer["error"]["code"]
