"""Speaks to the engines over their sockets: one call a turn."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol
from zlib import crc32

import aiohttp
import structlog

from bot.core.errors import ConversationUnknown, DatabaseDown, EngineDown, LostRace

log = structlog.get_logger()

TURN_SECONDS = 10  # a turn takes 25 ms; a machine that is swapping still answers within this
HEALTH_SECONDS = 5
TROUBLE: Mapping[int, type[Exception]] = {409: LostRace, 410: ConversationUnknown, 503: DatabaseDown}
Answer = dict[str, Any]


class EngineFailed(EngineDown):
    """An engine took the turn and could not do it: trying this turn again may fail again."""


class EngineLate(EngineDown):
    """An engine took the turn and did not answer: the turn may have been done.

    Args:
        was_cut: whether the connection broke, rather than that time ran out.
    """

    def __init__(self, was_cut: bool) -> None:
        super().__init__(was_cut)
        self.was_cut = was_cut


class Engine(Protocol):
    """What the gateway asks of the engines."""

    async def turn(self, turn: Mapping[str, Any]) -> Answer:
        """Take one turn and give the state after it."""

    async def health(self) -> Answer:
        """Parse a sentence and tell with which Dutch model."""

    async def close(self) -> None:
        """Let go of the connections."""


class EngineClient:
    """The engines of this machine; a conversation goes to the same one as long as that is there."""

    def __init__(self, data_dir: Path, engines: int) -> None:
        """Prepare a session a socket; nothing is opened yet.

        Args:
            data_dir: the directory that holds `engine-<n>.sock`.
            engines: how many there are.
        """
        self._sockets = [str(data_dir / f"engine-{number}.sock") for number in range(engines)]
        self._sessions: dict[str, aiohttp.ClientSession] = {}

    async def turn(self, turn: Mapping[str, Any]) -> Answer:
        """Take one turn.

        Args:
            turn: the conversation and what was said, as `bot/web/turn.py` builds it.

        Returns:
            The state after the turn, as the API shows it.

        Raises:
            LostRace, ConversationUnknown, DatabaseDown: nothing was changed.
            EngineDown: no engine took the turn.
            EngineFailed, EngineLate: one took it and did not finish it, as far as we know.
        """
        first = crc32(str(turn["conversationId"]).encode()) % len(self._sockets)
        for socket in self._sockets[first:] + self._sockets[:first]:
            try:
                return _state(await self._call(socket, "POST", "/turn", TURN_SECONDS, turn, TROUBLE))
            except aiohttp.ClientConnectorError:
                log.warning("engine_unreachable", engine=Path(socket).stem)
        raise EngineDown

    async def health(self) -> Answer:
        """What the first engine that answers says of itself.

        Raises:
            EngineDown: none answers.
        """
        for number in range(len(self._sockets)):
            with suppress(EngineDown):
                return await self.health_of(number)
        raise EngineDown

    async def health_of(self, number: int) -> Answer:
        """What this engine says of itself.

        Raises:
            EngineLate: it is there, and does not answer.
            EngineDown: it is not there, or cannot parse a sentence.
        """
        try:
            return await self._call(self._sockets[number], "GET", "/health", HEALTH_SECONDS)
        except aiohttp.ClientConnectorError:
            raise EngineDown from None

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(*(session.close() for session in self._sessions.values()))

    async def _call(
        self,
        socket: str,
        method: str,
        path: str,
        seconds: float,
        body: Mapping[str, Any] | None = None,
        trouble: Mapping[int, type[Exception]] = MappingProxyType({}),
    ) -> Answer:
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session(socket).request(
                method, "http://engine" + path, json=body, timeout=timeout
            ) as response:
                return await _answer(response, trouble)
        except aiohttp.ClientConnectorError:
            raise
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            log.warning("engine_late", engine=Path(socket).stem, error=type(error).__name__)
            raise EngineLate(was_cut=not isinstance(error, TimeoutError)) from None

    def _session(self, socket: str) -> aiohttp.ClientSession:
        # made at the first call: a session belongs to the event loop that runs then
        if socket not in self._sessions:
            connector = aiohttp.UnixConnector(socket, limit=0)
            self._sessions[socket] = aiohttp.ClientSession(connector=connector)
        return self._sessions[socket]


async def _answer(response: aiohttp.ClientResponse, trouble: Mapping[int, type[Exception]]) -> Answer:
    if response.status in trouble:
        raise trouble[response.status]
    if response.status != 200:
        log.error("engine_failed", status=response.status)
        raise EngineFailed
    body = await response.json()
    if not isinstance(body, dict):
        raise EngineFailed
    return body


def _state(answer: Answer) -> Answer:
    state = answer.get("state")
    if not isinstance(state, dict):
        raise EngineFailed
    return state
