"""The two systems as a person meets them over HTTP: a conversation is begun, things are said, a page is opened."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol
from uuid import uuid4

from locust.contrib.fasthttp import FastHttpSession

from benchmarks.stock.payloads import payload
from benchmarks.walk import Reply


class Talk(Protocol):
    """One conversation with a system; after each call `ended` says when the answer was there."""

    ended: float

    def begin(self) -> bool:
        """Begin the conversation, and tell whether it began."""

    def say(self, kind: str, said: str) -> Reply:
        """Say something."""

    def page(self) -> str:
        """What the contact person reads on the shared page; empty where there is none."""


class _Calls:
    def __init__(self, client: FastHttpSession) -> None:
        self._client, self.ended = client, perf_counter()
        self._headers: dict[str, str] = {}

    def post(self, path: str, body: dict[str, Any], name: str) -> Any:
        """What is answered; None where the call failed."""
        answer = self._client.post(path, json=body, headers=self._headers, name=name)
        self.ended = perf_counter()
        is_good = answer.status_code in (200, 201)
        return json.loads(answer.content) if is_good else None


class ProductTalk(_Calls):
    """A conversation with this product over its own API."""

    def begin(self) -> bool:
        """Begin the conversation: the bot says welcome."""
        made = self.post("/v1/conversations", {"channel": "web"}, "begin")
        if not made:
            return False
        self._path = f"/v1/conversations/{made['conversationId']}/messages"
        self._headers = {"Authorization": f"Bearer {made['token']}"}
        self._share: dict[str, str] = {}
        return True

    def say(self, kind: str, said: str) -> Reply:
        """Take one turn."""
        state = self.post(self._path, {kind: said}, "turn")
        if not state:
            return Reply("")
        self._share = state.get("share", self._share)
        return Reply.of(state)

    def page(self) -> str:
        """Open the shared page with link and code."""
        if not self._share:
            return ""
        opened = self.post(f"/v1/shares/{self._share['shareId']}/open", {"code": self._share["code"]}, "open")
        lines = [line["text"] for section in opened["sections"] for line in section["lines"]] if opened else []
        return "\n".join(lines)


class StockTalk(_Calls):
    """A conversation with the stock bot over Rasa's REST channel."""

    def __init__(self, client: FastHttpSession, meanings: dict[str, tuple[str, str]]) -> None:
        """Know what the bot's texts mean."""
        super().__init__(client)
        self._meanings, self._sender, self._page = meanings, uuid4().hex, ""

    def begin(self) -> bool:
        """Greet: the bot says welcome and asks its first question."""
        return bool(self._send(payload("start"), "begin"))

    def say(self, kind: str, said: str) -> Reply:
        """Take one turn."""
        texts = self._send(payload(said) if kind == "choice" else said, "turn")
        means = [self._meanings[text] for text in texts if text in self._meanings]
        told = {tells for _, tells in means if tells} | ({"info"} if len(texts) > 1 else set())
        if "share" in told:
            self._page = "\n".join(texts)
        return Reply(means[-1][0] if means else "", frozenset(told))

    def page(self) -> str:
        """Read the page in the bot's reply: a stock bot serves none."""
        return self._page

    def _send(self, message: str, name: str) -> list[str]:
        body = {"sender": self._sender, "message": message}
        replies = self.post("/webhooks/rest/webhook", body, name) or ()
        return [reply["text"] for reply in replies if "text" in reply]


def meanings(file: str) -> dict[str, tuple[str, str]]:
    """What the texts of the stock bot mean."""
    return {text: tuple(means) for text, means in json.loads(Path(file).read_text("utf-8")).items()} if file else {}
