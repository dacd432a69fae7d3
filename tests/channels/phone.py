"""Somebody with WhatsApp: types, taps, and reads what comes back."""

import asyncio
import itertools
from typing import Any

from tests.channels.meta import Body, Meta, buttons, delivery, raw, tap, text, words

PATH = "/webhooks/whatsapp"
PATIENCE = 5.0  # seconds for a reply; it takes milliseconds
_numbers = itertools.count(31610000001)


class Phone:
    """One phone with a number of its own."""

    def __init__(self, gateway: Any, meta: Meta) -> None:
        self.gateway, self.meta = gateway, meta
        self.number = str(next(_numbers))

    # --- sending

    async def deliver(self, *messages: Body, **more: Any) -> int:
        """Let Meta deliver these messages; gives the status of the answer."""
        data, headers = raw(delivery(*messages, **more))
        async with self.gateway.post(PATH, data=data, headers=headers) as response:
            return response.status

    async def send(self, message: Body) -> Body:
        """Send one message and wait for its reply."""
        before = len(self.received)
        assert await self.deliver(message) == 200
        return await self.reply(before + 1)

    async def type(self, said: str, **more: Any) -> Body:
        return await self.send(text(self.number, said, **more))

    async def tap(self, title: str) -> Body:
        """Tap the button or row with this title on the last message."""
        last = self.received[-1]
        button = next(one for one in buttons(last) if one["title"] == title)
        kind = "button_reply" if last["interactive"]["type"] == "button" else "list_reply"
        return await self.send(tap(self.number, button, kind))

    # --- reading

    @property
    def received(self) -> list[Body]:
        return [one for one in self.meta.sent if one.get("to") == self.number]

    @property
    def last(self) -> str:
        return words(self.received[-1])

    async def reply(self, count: int) -> Body:
        """The message that makes this many."""
        for _ in range(int(PATIENCE / 0.01)):
            if len(self.received) >= count:
                return self.received[count - 1]
            await asyncio.sleep(0.01)
        raise AssertionError(f"{len(self.received)} messages, not {count}")

    # --- going through the talk

    async def begin(self) -> "Phone":
        """Through both first questions, to the first question of the questionnaire."""
        await self.type("hallo")
        await self.tap("Ja, bewaren")
        await self.tap("Nee, niet onthouden")
        return self
