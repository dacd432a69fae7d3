"""Delivers webhooks as Meta does: signed, at least once, again until they are taken, and in any order when asked."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.channels.whatsapp_phone_trouble import Trouble
from bot.channels.whatsapp_phone_webhooks import envelope
from bot.channels.whatsapp_signature import sign
from bot.settings import WhatsAppSettings

Body = dict[str, Any]
SECONDS = 10  # for one try
HOLD = 1.0  # seconds in which things happen "at the same moment"
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)  # seconds between tries; Meta goes on for 7 days
STATUS_AFTER = 0.2  # seconds between the answer to who sent a message, and the news of what became of it
KNOCK = 1.0  # seconds between two handshakes with a gateway that is not there yet
REMEMBERED = 500  # tries that the page can show
TAKEN = 200


@dataclass(frozen=True)
class Try:
    """One try to deliver.

    Args:
        number: of the tries of this delivery, from 1.
        status: of the answer; 0 where there was none.
        holds: how many messages and statuses.
    """

    number: int
    status: int
    holds: dict[str, int]

    def json(self) -> Body:
        """The try as the API shows it."""
        return {"try": self.number, "status": self.status, **self.holds}


class Delivery:
    """The one who delivers to one gateway."""

    def __init__(self, settings: WhatsAppSettings, webhook: str, trouble: Trouble, told: Callable[[], None]) -> None:
        """Prepare; `start` opens the connection.

        Args:
            webhook: the whole address.
            told: hears of every try.
        """
        self._secret, self._token = settings.app_secret, settings.verify_token
        self.webhook, self._trouble, self._told = webhook, trouble, told
        self.tries: deque[Try] = deque(maxlen=REMEMBERED)
        self.handshake = "waits"  # then `done` or `refused`
        self.hold, self.waits, self.status_after, self.knock = HOLD, WAITS, STATUS_AFTER, KNOCK
        self._known = asyncio.Event()
        self._held: list[tuple[str, Body]] = []
        self._lines: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begin with the handshake; nothing is delivered before it succeeded."""
        connections = aiohttp.TCPConnector(limit=50)
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=connections)
        self._spawn(self._shake_hands())

    async def close(self) -> None:
        """Stop, whatever was not delivered yet."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def settled(self) -> None:
        """Wait until all was delivered."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def put(self, line: str, change: Body) -> None:
        """Deliver a change.

        Args:
            line: changes of one line are delivered in order, unless that is asked otherwise.
        """
        self._spawn(self._put_later(line, change)) if "statuses" in change else self._put(line, change)

    async def _put_later(self, line: str, change: Body) -> None:
        await asyncio.sleep(self.status_after)
        self._put(line, change)

    def _put(self, line: str, change: Body) -> None:
        self._held.append((line, change))
        if not (self._trouble.out_of_order or self._trouble.batch):
            self._let_go()
        elif len(self._held) == 1:
            self._spawn(self._let_go_later())

    async def _let_go_later(self) -> None:
        await asyncio.sleep(self.hold)
        self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held, []
        if self._trouble.out_of_order:
            held.reverse()
        if self._trouble.batch and held:
            self._spawn(self._deliver([line for line, _ in held], [change for _, change in held]))
            return
        for line, change in held:
            self._spawn(self._deliver([] if self._trouble.out_of_order else [line], [change]))

    async def _deliver(self, lines: Sequence[str], changes: list[Body]) -> None:
        raw = written(envelope(changes))
        holds = {name: sum(len(one.get(name, ())) for one in changes) for name in ("messages", "statuses")}
        await self._known.wait()
        async with AsyncExitStack() as stack:
            for line in sorted(set(lines)):  # sorted, so that two batches never wait for each other
                await stack.enter_async_context(self._lines.setdefault(line, asyncio.Lock()))
            await self._until_taken(raw, holds)
        for _ in range(self._trouble.repeat):
            self._spawn(self._until_taken(raw, holds))

    async def _until_taken(self, raw: bytes, holds: dict[str, int]) -> None:
        number = 1
        while not await self._is_taken(raw, number, holds):
            await asyncio.sleep(self.waits[min(number, len(self.waits)) - 1])
            number += 1

    async def _is_taken(self, raw: bytes, number: int, holds: dict[str, int]) -> bool:
        headers = {"X-Hub-Signature-256": sign(raw, self._secret), "Content-Type": "application/json"}
        status = await self._status("POST", data=raw, headers=headers)
        self.tries.append(Try(number, status, holds))
        self._told()
        return status == TAKEN

    async def _status(self, method: str, **request: Any) -> int:
        return (await self._answer(method, **request))[0]

    async def _answer(self, method: str, **request: Any) -> tuple[int, bytes]:
        if self._session is None:
            return 0, b""
        try:
            async with self._session.request(method, self.webhook, allow_redirects=False, **request) as response:
                return response.status, await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError):
            return 0, b""

    async def _shake_hands(self) -> None:
        """Ask the gateway for the token, as Meta does when a webhook is registered; go on until it knows it."""
        while self.handshake != "done":
            nonce = str(secrets.randbelow(10**10))
            query = {"hub.mode": "subscribe", "hub.challenge": nonce, "hub.verify_token": self._token}
            status, body = await self._answer("GET", params=query)
            self.handshake = "done" if (status, body) == (TAKEN, nonce.encode()) else "refused" if status else "waits"
            self._told()
            if self.handshake != "done":
                await asyncio.sleep(self.knock)
        self._known.set()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def written(body: Body) -> bytes:
    """JSON as Meta writes it: letters with an accent and slashes are escaped, which another writer does not repeat."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()
