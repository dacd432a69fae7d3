"""Somebody who calls the API, and what the tests say about an answer."""

from dataclasses import dataclass
from typing import Any

from aiohttp.test_utils import TestClient
from yarl import URL


@dataclass
class Answer:
    """A response, read to its end."""

    status: int
    headers: Any
    body: Any

    def __getitem__(self, name: str) -> Any:
        return self.body[name]

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.body["messages"]]

    @property
    def values(self) -> list[str]:
        """The values of the last message's buttons."""
        return [choice["value"] for choice in self.body["messages"][-1]["choices"]]

    @property
    def fields(self) -> list[str]:
        """The fields of a problem's faults."""
        return [fault["field"] for fault in self.body.get("errors", [])]


class Caller:
    """A browser without a screen."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client

    async def call(self, method: str, path: str | URL, token: str | None = None, **sent: Any) -> Answer:
        headers = {**sent.pop("headers", {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        async with self.client.request(method, path, headers=headers, **sent) as response:
            is_json = "json" in response.headers.get("Content-Type", "")
            body = await response.json(content_type=None) if is_json else await response.text()
            return Answer(response.status, response.headers, body)

    async def begin(self) -> "Person":
        created = await self.call("POST", "/v1/conversations", json={"channel": "web"})
        return Person(self, created)


class Person:
    """Somebody in a conversation."""

    def __init__(self, caller: Caller, created: Answer) -> None:
        self.caller, self.created = caller, created
        self.id, self.token, self.code = (created[name] for name in ("conversationId", "token", "resumeCode"))
        self.path = f"/v1/conversations/{self.id}"

    async def say(self, **body: Any) -> Answer:
        return await self.caller.call("POST", f"{self.path}/messages", self.token, json=body)

    async def type(self, text: str) -> Answer:
        return await self.say(text=text)

    async def tap(self, *choices: str) -> Answer:
        answers = [await self.say(choice=choice) for choice in choices]
        return answers[-1]

    async def call(self, method: str, path: str = "", **sent: Any) -> Answer:
        return await self.caller.call(method, self.path + path, self.token, **sent)

    async def reads(self) -> Answer:
        return await self.call("GET")
