"""Reads what Meta delivers: messages and statuses, of any shape, in any number; what cannot be read is left out.

Source of the shapes: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages,
with `edit` and `revoke` (seen July 2026).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.store.phones import Sender

KINDS = {
    "text": "text",
    "interactive": "reply",
    "button": "reply",
    "audio": "voice",
    "image": "media",
    "video": "media",
    "sticker": "media",
    "document": "media",
    "location": "location",
    "contacts": "contacts",
    "reaction": "reaction",
    "edit": "edited",
    "revoke": "deleted",
    "system": "system",
}
OTHER = "other"
NEW_NUMBER = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
LONGEST_ID = 512  # characters; Meta's are some 60


@dataclass(frozen=True)
class Incoming:
    """One message of a person.

    Args:
        kind: one of the values of `KINDS`, or `other`.
        text: what was typed, a picture's caption, or the title of the tapped button.
        reply: the id of the tapped button.
        forwarded: whether the words are somebody else's.
    """

    message_id: str = field(repr=False)
    sender: Sender = field(repr=False)
    said_at: datetime
    kind: str
    text: str | None = field(default=None, repr=False)
    reply: str | None = None
    forwarded: bool = False

    def json(self) -> dict[str, Any]:
        """The message as the inbox keeps it."""
        return {**asdict(self), "said_at": self.said_at.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Incoming":
        """The message as it was kept."""
        said_at = datetime.fromisoformat(kept["said_at"])
        return cls(**{**kept, "sender": Sender(**kept["sender"]), "said_at": said_at})


@dataclass(frozen=True)
class Status:
    """What became of a message that we sent.

    Args:
        name: sent, delivered, read, played or failed.
        codes: Meta's error codes.
        reference: what we sent along with it.
    """

    message_id: str = field(repr=False)
    name: str
    codes: tuple[int, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class Delivery:
    """All that one request holds for our number.

    Args:
        left: senders whose number is another's from now on.
        errors: Meta's codes for what went wrong at its side.
    """

    messages: tuple[Incoming, ...] = ()
    statuses: tuple[Status, ...] = ()
    left: tuple[Sender, ...] = ()
    errors: tuple[int, ...] = ()


def read(body: Any, phone_number_id: str) -> Delivery:
    """The messages and statuses of a request's JSON.

    Args:
        body: any JSON; a shape that Meta never sends holds nothing.
        phone_number_id: our number; what is for another one is not ours to answer.
    """
    messages: list[Incoming] = []
    statuses: list[Status] = []
    left: list[Sender] = []
    errors: list[int] = []
    for value in _values(body, phone_number_id):
        known = _senders(value)
        for raw in _dicts(value.get("messages")):
            if _is_new_number(raw):
                left.append(_leaver(raw))
            elif (message := _message(raw, known)) is not None:
                messages.append(message)
        statuses += [_status(raw) for raw in _dicts(value.get("statuses"))]
        errors += _codes(value)
    return Delivery(tuple(messages), tuple(statuses), tuple(left), tuple(errors))


def _values(body: Any, phone_number_id: str) -> Iterator[dict[str, Any]]:
    for entry in _dicts(_dict(body).get("entry")):
        for change in _dicts(entry.get("changes")):
            value = _dict(change.get("value"))
            if _dict(value.get("metadata")).get("phone_number_id", phone_number_id) == phone_number_id:
                yield value


def _senders(value: Mapping[str, Any]) -> list[Sender]:
    """The people whom a delivery is about, with Meta's own ids beside their numbers."""
    return [Sender(_text(one.get("wa_id")), _text(one.get("user_id"))) for one in _dicts(value.get("contacts"))]


def _sender(raw: Mapping[str, Any], known: list[Sender]) -> Sender:
    """Who wrote; somebody with a user name may come without a number, and then stands alone beside the message."""
    number, user = _text(raw.get("from")), _text(raw.get("from_user_id"))
    same = [one for one in known if one.number == number] if number else known
    return Sender(number, user or (same[0].user if len(same) == 1 else None))


def _message(raw: Mapping[str, Any], known: list[Sender]) -> Incoming | None:
    message_id, sender = _text(raw.get("id")), _sender(raw, known)
    if not message_id or len(message_id) > LONGEST_ID or not sender.address:
        return None
    kind = KINDS.get(str(raw.get("type")), OTHER)
    if kind == "reaction" and not _dict(raw.get("reaction")).get("emoji"):
        return None  # a reaction that was taken back says nothing
    context = _dict(raw.get("context"))
    forwarded = bool(context.get("forwarded") or context.get("frequently_forwarded"))
    text, reply = _said(raw)
    return Incoming(message_id, sender, _moment(raw.get("timestamp")), kind, text, reply, forwarded)


def _said(raw: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The words of a message and the id of its button."""
    inner = _dict(raw.get(str(raw.get("type"))))
    if raw.get("type") == "interactive":
        inner = _dict(inner.get(str(inner.get("type"))))
        return _text(inner.get("title")), _text(inner.get("id"))
    if raw.get("type") == "button":
        return _text(inner.get("text")), _text(inner.get("payload"))
    if raw.get("type") == "edit":
        return _said(_dict(inner.get("message")))
    return _text(inner.get("body")) or _text(inner.get("caption")), None


def _leaver(raw: Mapping[str, Any]) -> Sender:
    """Who had this number until now, or only Meta's id when no number is shown."""
    return Sender(_text(raw.get("from")), _text(_dict(raw.get("system")).get("previous_user_id")))


def _is_new_number(raw: Mapping[str, Any]) -> bool:
    return raw.get("type") == "system" and _dict(raw.get("system")).get("type") in NEW_NUMBER


def _status(raw: Mapping[str, Any]) -> Status:
    reference = _text(raw.get("biz_opaque_callback_data")) or ""
    return Status(str(raw.get("id")), str(raw.get("status")), tuple(_codes(raw)), reference)


def _codes(raw: Mapping[str, Any]) -> list[int]:
    codes = (error.get("code") for error in _dicts(raw.get("errors")))
    return [code for code in codes if isinstance(code, int)]


def _moment(timestamp: Any) -> datetime:
    try:
        return datetime.fromtimestamp(int(timestamp), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.now(UTC)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
