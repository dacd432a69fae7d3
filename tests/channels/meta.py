"""Meta's servers, as far as a channel sees them: deliveries with a signature, and an address that takes messages."""

import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from bot.channels.whatsapp_signature import sign

SECRET, VERIFY, TOKEN, NUMBER_ID = "app-secret", "verify-me", "access-token", "1065551234"
SETTINGS = {
    "WHATSAPP_VERIFY_TOKEN": VERIFY,
    "WHATSAPP_APP_SECRET": SECRET,
    "WHATSAPP_ACCESS_TOKEN": TOKEN,
    "WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
}
Body = dict[str, Any]
_numbers: Iterator[int] = itertools.count(1)


def delivery(*messages: Body, statuses: tuple[Body, ...] = (), number_id: str = NUMBER_ID) -> Body:
    """A request's JSON with these messages."""
    value: Body = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": number_id}}
    people = {one["from"] for one in messages if "from" in one}
    value["contacts"] = [{"profile": {"name": "Karin"}, "wa_id": number} for number in sorted(people)]
    value |= {"messages": list(messages)} if messages else {}
    value |= {"statuses": list(statuses)} if statuses else {}
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


def message(number: str, kind: str, inner: Any, **more: Any) -> Body:
    """One message of a person, as Meta writes it."""
    said = {"from": number, "id": f"wamid.{next(_numbers)}", "timestamp": str(int(time.time())), "type": kind}
    return {**said, kind: inner, **more}


def text(number: str, words: str, **more: Any) -> Body:
    """Somebody typed."""
    return message(number, "text", {"body": words}, **more)


def tap(number: str, button: Body, kind: str = "button_reply", **more: Any) -> Body:
    """Somebody tapped a button, or a row of a list."""
    return message(number, "interactive", {"type": kind, kind: {"id": button["id"], "title": button["title"]}}, **more)


def raw(body: Body, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """A delivery's bytes and headers."""
    data = json.dumps(body).encode()
    return data, {"X-Hub-Signature-256": sign(data, secret), "Content-Type": "application/json"}


class Meta:
    """The address that messages are sent to; it keeps them, and refuses them when told to."""

    def __init__(self) -> None:
        self.sent: list[Body] = []
        self.codes: list[int] = []  # of the refusals to come
        self.ids: list[str] = []  # of what was taken
        self.address = ""

    async def take(self, request: web.Request) -> web.Response:
        """POST /{version}/{number}/messages."""
        body = await request.json()
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _refusal(401, 190)
        if self.codes:
            return _refusal(400, self.codes.pop(0))
        self.sent.append(body)
        self.ids.append(f"wamid.out{next(_numbers)}")
        return web.json_response({"messaging_product": "whatsapp", "messages": [{"id": self.ids[-1]}]})

    def app(self) -> web.Application:
        """The server."""
        app = web.Application()
        app.router.add_post("/{version}/{number}/messages", self.take)
        return app


def _refusal(status: int, code: int) -> web.Response:
    return web.json_response({"error": {"message": "refused", "code": code}}, status=status)


def words(body: Body) -> str:
    """What a sent message says."""
    return body["interactive"]["body"]["text"] if body["type"] == "interactive" else body["text"]["body"]


def buttons(body: Body) -> list[Body]:
    """The buttons or rows of a sent message, each with its id and title."""
    action = body["interactive"]["action"]
    if body["interactive"]["type"] == "button":
        return [button["reply"] for button in action["buttons"]]
    return [row for section in action["sections"] for row in section["rows"]]
