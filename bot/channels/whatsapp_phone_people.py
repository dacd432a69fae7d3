"""The people with a phone on the desk, and what stands in their chats; all of it only in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Body = dict[str, Any]
WINDOW = timedelta(hours=24)
# Source: developers.facebook.com/documentation/business-messaging/whatsapp/throughput (seen August 2026): a message in
# 6 seconds to the same person, and a burst of 45 that is paid back afterwards.
PAIR = timedelta(seconds=6)
BURST = 45
RANKS = ("accepted", "sent", "delivered", "read", "failed")


@dataclass
class Handset:
    """One phone.

    Args:
        name: as its owner wrote it in WhatsApp.
        number: digits only; None for somebody with a user name, whose number stays hidden.
        user: Meta's id for this person and this business.
        chat: the messages of both sides, oldest first, as the page shows them.
        heard_at: when its person wrote last, by the clock of the desk.
        paid_until: until when the messages to this person fill the pair rate.
    """

    name: str
    number: str | None
    user: str
    chat: list[Body] = field(default_factory=list)
    heard_at: datetime | None = None
    paid_until: datetime | None = None

    @property
    def address(self) -> str:
        """Where a message for this phone goes."""
        return self.number or self.user

    @property
    def received(self) -> list[Body]:
        """What the bot sent."""
        return [one for one in self.chat if one["from"] == "bot"]

    def may_get_text(self, now: datetime) -> bool:
        """Whether its person wrote in the last 24 hours."""
        return self.heard_at is not None and now - self.heard_at < WINDOW

    def is_too_fast(self, now: datetime) -> bool:
        """Whether one more message is beyond the pair rate; one that is not takes its place."""
        since = max(now, self.paid_until or now)
        if since - now > PAIR * BURST:  # the clock of the desk was set back
            since = now
        if since - now > PAIR * (BURST - 1):
            return True
        self.paid_until = since + PAIR
        return False

    def find(self, message_id: str) -> Body:
        """A message in this chat.

        Raises:
            KeyError: there is none with this id.
        """
        for one in self.chat:
            if one["id"] == message_id:
                return one
        raise KeyError(message_id)

    def find_button(self, given: Mapping[str, Any]) -> Body:
        """The button or row with this `button` id, or this `title`, on the message `to`, or else on the last one.

        Raises:
            KeyError: there is none.
        """
        shown = self.find(given["to"]) if "to" in given else (self.received or [{}])[-1]
        for button in shown.get("buttons", []):
            if given.get("button") == button["id"] or given.get("title") == button["title"]:
                return {**button, "to": shown["id"]}
        raise KeyError("button")

    def mark(self, message_id: str, name: str, code: int | None = None) -> None:
        """Note what became of a message; a status that comes late changes nothing."""
        one = self.find(message_id)
        if RANKS.index(name) > RANKS.index(one["status"]):
            one |= {"status": name, "code": code}


def shown_to_person(message_id: str, body: Body, words: str, buttons: list[Body], at: str) -> Body:
    """A message of the bot in the chat, with what Meta took beside it."""
    sent = {"id": message_id, "from": "bot", "at": at, "kind": body.get("type", "text"), "text": words}
    return {**sent, "buttons": buttons, "list": list_button(body), "status": "accepted", "code": None, "body": body}


def words_and_buttons(body: Body) -> tuple[str, list[Body]]:
    """What a text, or a message with buttons or a list, shows; each button with the kind of its answer."""
    if body.get("type", "text") == "text":
        return body["text"]["body"], []
    interactive = body["interactive"]
    action = interactive["action"]
    if interactive["type"] == "button":
        return interactive["body"]["text"], [{"kind": "button_reply", **one["reply"]} for one in action["buttons"]]
    rows = [row for section in action["sections"] for row in section["rows"]]
    return interactive["body"]["text"], [{"kind": "list_reply", **row} for row in rows]


def list_button(body: Body) -> str | None:
    """The words of the button that opens a list; None where the buttons stand under the message."""
    button: str | None = body.get("interactive", {}).get("action", {}).get("button")
    return button
