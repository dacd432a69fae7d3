"""Writes what Meta delivers: messages of people, and statuses of what was sent to them.

Source of the shapes: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
(seen July 2026); `tests/channels/test_phone_and_pywa.py` has pywa read every one of them.
"""

import base64
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.channels.whatsapp_phone_people import Handset

Body = dict[str, Any]
BUSINESS, DISPLAY_NUMBER = "104999999999999", "31850000000"
PRICING = {"billable": False, "pricing_model": "PMP", "category": "service", "type": "free_customer_service"}
OF_THEIR_OWN: dict[str, Body] = {"document": {"filename": "brief.pdf"}, "sticker": {"animated": False}}
PICTURES = {"image": "image/jpeg", "video": "video/mp4", "sticker": "image/webp", "document": "application/pdf"}


def new_id(address: str) -> str:
    """A message's id; like Meta's own it holds the address, so it must not be written down anywhere."""
    return "wamid." + base64.b64encode(f"\x1d\x01{address}{secrets.token_hex(8)}".encode()).decode()


def envelope(changes: list[Body]) -> Body:
    """A request's JSON with these changes."""
    fields = [{"value": value, "field": "messages"} for value in changes]
    return {"object": "whatsapp_business_account", "entry": [{"id": BUSINESS, "changes": fields}]}


def change(phone_number_id: str, **holds: Any) -> Body:
    """One change: messages or statuses, with the people they are about."""
    metadata = {"display_phone_number": DISPLAY_NUMBER, "phone_number_id": phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata, **holds}


def contact(who: Handset) -> Body:
    """Somebody beside a message; without a number when they go by a user name."""
    profile = {"name": who.name} | ({} if who.number else {"username": who.name.lower()})
    return {"profile": profile, **({"wa_id": who.number} if who.number else {}), "user_id": who.user}


def message(who: Handset, given: Mapping[str, Any], said_at: datetime) -> Body:
    """What somebody sends.

    Args:
        given: its `kind`, one of `KINDS`, and what that kind needs.

    Raises:
        KeyError: the kind is unknown, or what it needs is not there.
    """
    inner = KINDS[given["kind"]](given)
    sender = {"from": who.number} if who.number else {}
    name = inner["type"]
    sender |= {"from_user_id": who.user} if name != "system" else {}
    said = {**sender, "id": new_id(who.address), "timestamp": str(int(said_at.timestamp()))}
    context = {"context": {"forwarded": True}} if given.get("forwarded") else inner.pop("beside", {})
    return {**said, "type": name, **context, **{key: value for key, value in inner.items() if key != "type"}}


def status(
    who: Handset, message_id: str, name: str, at: datetime, errors: tuple[Body, ...] = (), reference: str = ""
) -> Body:
    """What became of a message that was sent to somebody; `reference` is what was sent along with it."""
    recipient = {"recipient_id": who.number} if who.number else {}
    told = {"id": message_id, "status": name, "timestamp": str(int(at.timestamp())), **recipient}
    return {
        **told,
        "recipient_user_id": who.user,
        **({"biz_opaque_callback_data": reference} if reference else {}),
        **({"errors": list(errors)} if errors else {"pricing": PRICING}),
    }


def _text(given: Mapping[str, Any]) -> Body:
    return {"type": "text", "text": {"body": given["text"]}}


def _tap(given: Mapping[str, Any]) -> Body:
    """A tap on what `Handset.find_button` found: a button, a row of a list, or a template's quick reply."""
    button, beside = given["button"], {"context": {"from": DISPLAY_NUMBER, "id": given["to"]}}
    if button["kind"] == "button":
        return {"type": "button", "button": {"payload": button["id"], "text": button["title"]}, "beside": beside}
    reply = {key: button[key] for key in ("id", "title", "description") if key in button}
    interactive = {"type": button["kind"], button["kind"]: reply}
    return {"type": "interactive", "interactive": interactive, "beside": beside}


def _voice(given: Mapping[str, Any]) -> Body:
    return {"type": "audio", "audio": {**_media("audio/ogg; codecs=opus"), "voice": True}}


def _file(given: Mapping[str, Any]) -> Body:
    kind = given["kind"]
    more = {"caption": given["text"]} if given.get("text") and kind != "sticker" else {}
    return {"type": kind, kind: {**_media(PICTURES[kind]), **more, **OF_THEIR_OWN.get(kind, {})}}


def _media(mime_type: str) -> Body:
    digest = base64.b64encode(secrets.token_bytes(32)).decode()
    return {"mime_type": mime_type, "sha256": digest, "id": str(secrets.randbelow(10**15))}


def _location(given: Mapping[str, Any]) -> Body:
    return {"type": "location", "location": {"latitude": 52.0907, "longitude": 5.1214}}


def _contacts(given: Mapping[str, Any]) -> Body:
    name = {"formatted_name": "Sam Voorbeeld", "first_name": "Sam", "last_name": "Voorbeeld"}
    phones = [{"phone": "+31 6 00000000", "wa_id": "31600000000", "type": "CELL"}]
    return {"type": "contacts", "contacts": [{"name": name, "phones": phones}]}


def _reaction(given: Mapping[str, Any]) -> Body:
    emoji = {"emoji": given["emoji"]} if given["emoji"] else {}  # without one a reaction is taken back
    return {"type": "reaction", "reaction": {"message_id": given["to"], **emoji}}


def _edit(given: Mapping[str, Any]) -> Body:
    return {"type": "edit", "edit": {"original_message_id": given["to"], "message": _text(given)}}


def _delete(given: Mapping[str, Any]) -> Body:
    return {"type": "revoke", "revoke": {"original_message_id": given["to"]}}


def _new_number(given: Mapping[str, Any]) -> Body:
    """A new number brings a new id; who shows no number is only known by that."""
    system = {"body": "User changed their number", "user_id": given["user"]}
    if given["number"] is None:
        system |= {"previous_user_id": given["old_user"], "type": "user_changed_user_id"}
    else:
        system |= {"wa_id": given["number"], "type": "user_changed_number"}
    return {"type": "system", "system": system}


def _unsupported(given: Mapping[str, Any]) -> Body:
    details = "Message type is not currently supported."
    error = {"code": 131051, "title": "Unsupported message type", "message": "Unsupported message type"}
    return {"type": "unsupported", "errors": [{**error, "error_data": {"details": details}}]}


KINDS: dict[str, Callable[[Mapping[str, Any]], Body]] = {
    "text": _text,
    "tap": _tap,
    "voice": _voice,
    "image": _file,
    "video": _file,
    "sticker": _file,
    "document": _file,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "edit": _edit,
    "delete": _delete,
    "new_number": _new_number,
    "unsupported": _unsupported,
}
