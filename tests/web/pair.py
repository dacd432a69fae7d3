"""Two gateways that are each other's peers, on one store and one engine, in one process."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp.test_utils import TestClient, TestServer, unused_port

from bot.settings import Settings
from bot.web.app import make_app
from bot.web.gateway import GATEWAY, Gateway
from tests.web.caller import Caller, Person


@dataclass
class Pair:
    """Two gateways and somebody who speaks with either."""

    parts: tuple[Any, ...]
    env: dict[str, str]
    ports: list[int] = field(default_factory=lambda: [unused_port(), unused_port()])
    callers: list[Caller] = field(default_factory=list)

    async def start(self, **more: str) -> "Pair":
        """Serve both; the same list stands on both, their own address included."""
        peers = ", ".join(f"http://127.0.0.1:{port}" for port in self.ports)
        for port in self.ports:
            app = make_app(Settings.from_env({**self.env, "PEERS": peers, **more}), *self.parts)
            client: TestClient[Any, Any] = TestClient(TestServer(app, port=port))
            await client.start_server()
            self.callers.append(Caller(client))
        return self

    def gateway(self, number: int) -> Gateway:
        """The inside of one of them."""
        return self.callers[number].client.app[GATEWAY]  # type: ignore[union-attr]

    async def begin(self, number: int) -> Person:
        """Somebody who was welcomed by this one."""
        return await self.callers[number].begin()

    def at(self, number: int, person: Person) -> Person:
        """The same person, whose next message reaches this one."""
        return Person(self.callers[number], person.created)

    async def stop(self, number: int) -> None:
        """End one in order."""
        await self.callers[number].client.close()

    async def kill(self, number: int) -> None:
        """End one that has no time left to tell the other anything."""
        self.forgets(number)
        self.gateway(number).peers._line._addresses.clear()
        await self.stop(number)

    def forgets(self, number: int) -> None:
        """One loses its memory."""
        self.gateway(number).holding._held.clear()

    def is_alone(self, number: int) -> None:
        """One cannot give copies to the other, as when that one starts again just then."""
        line = self.gateway(number).peers._line
        line._rest_until = dict.fromkeys(line._addresses, line._clock() + 3600)
