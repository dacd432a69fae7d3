"""Carries sealed letters to other gateways; one that is away costs a third of a second, one that hangs two."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence

import aiohttp
import structlog

from bot.core.errors import PeerUnknown
from bot.store.envelopes import Envelopes
from bot.store.values import Document
from bot.web.errors import Busy

log = structlog.get_logger()

PATH = "/peer/held"
# Nobody lives at this address, or its machine is down: then its memory is gone too.
CONNECT_SECONDS = 0.3
# A gateway that is there may wait for a turn to end, and it is better that a person waits too than that words are lost.
ANSWER_SECONDS = 2.0
REST_SECONDS = 5.0  # in which copies go to others than one that was silent


class PeerLine:
    """The other gateways, as far as this one can reach them."""

    def __init__(
        self, addresses: Sequence[str], envelopes: Envelopes, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Prepare to speak; nothing is opened yet.

        Args:
            addresses: of all gateways; our own may be among them, as the same list may stand on every machine.
            clock: seconds that only go up.
        """
        self.name = os.urandom(8).hex()
        self._addresses, self._envelopes, self._clock = list(addresses), envelopes, clock
        self._rest_until: dict[str, float] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def is_alone(self) -> bool:
        """Whether there is no other gateway."""
        return not self._addresses

    async def ask_all(self, content: Document) -> list[Document]:
        """What every gateway that is there answers, all asked at once.

        Raises:
            Busy: one of them is there and cannot tell now; what others answered is lost, and they can be asked again.
        """
        answers = await asyncio.gather(*(self._send(one, content) for one in self._addresses))
        return [answer for answer in answers if answer is not None]

    async def give(self, content: Document, first: int, is_patient: bool = False) -> bool:
        """Give something to one gateway; whether there was one that took it.

        Args:
            first: which of them is tried first, as any number.
            is_patient: whether those are tried too that were silent just now.
        """
        start = first % max(1, len(self._addresses))
        around = self._addresses[start:] + self._addresses[:start]
        for address in around:
            if (is_patient or not self._rests(address)) and await self._take(address, content):
                return True
        return False

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def _rests(self, address: str) -> bool:
        return self._rest_until.get(address, 0.0) > self._clock()

    async def _take(self, address: str, content: Document) -> bool:
        try:
            return await self._send(address, content) is not None
        except Busy:
            return False

    async def _send(self, address: str, content: Document) -> Document | None:
        try:
            answer = await self._twice(address, content)
        except (TimeoutError, OSError, aiohttp.ClientError, PeerUnknown) as error:
            self._rest_until[address] = self._clock() + REST_SECONDS
            log.warning("peer_silent", error=type(error).__name__)
            return None
        if answer.get("mine"):
            self._addresses = [one for one in self._addresses if one != address]
            return None
        return answer

    async def _twice(self, address: str, content: Document) -> Document:
        try:
            return await self._once(address, content)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ServerDisconnectedError, ConnectionError):
            return await self._once(address, content)  # the connection dated from before a restart of that gateway

    async def _once(self, address: str, content: Document) -> Document:
        mark, sealed = self._envelopes.seal({**content, "by": self.name})
        async with self._opened().post(address + PATH, data=sealed, allow_redirects=False) as response:
            if response.status == 503:
                raise Busy
            if response.status != 200:
                raise PeerUnknown(str(response.status))
            return self._envelopes.answered(mark, await response.read())

    def _opened(self) -> aiohttp.ClientSession:
        # made at the first call: a session belongs to the event loop that runs then
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS, sock_connect=CONNECT_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session
