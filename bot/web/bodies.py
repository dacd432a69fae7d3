"""Reads the bodies of calls, and tells all that is wrong with one at once."""

import json
import re
from datetime import date, datetime
from typing import Any

from aiohttp import web

from bot.core import invitations
from bot.core.invitations import Invited
from bot.sense.references import tells_who
from bot.web.errors import BodyBroken, BodyWrong, Fault, NotJson
from bot.web.said import Said

MESSAGE_ID = 128  # characters
CHOICE = 200  # characters; all twelve topics together are 120
LINE = 1000  # characters; a line of a page is a few sentences
Body = dict[str, Any]


async def read(request: web.Request) -> Body:
    """The request's body as a JSON object.

    Raises:
        NotJson: another content type, or none.
        BodyBroken: no JSON, or no object.
    """
    try:
        raw = await request.read()
    except web.RequestPayloadError:  # not in the encoding that its headers tell
        raise BodyBroken from None
    if not request.content_type.endswith(("/json", "+json")):
        raise NotJson
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):  # RecursionError: thousands of brackets
        raise BodyBroken from None
    if not isinstance(body, dict):
        raise BodyBroken
    return body


def said(body: Body) -> Said:
    """What somebody said: words or a choice, with an id of its own if there is one.

    Raises:
        BodyWrong: with every fault.
    """
    text, choice, message_id = body.get("text"), body.get("choice"), body.get("messageId")
    check(
        (Fault("", "text_or_choice"), (text is None) == (choice is None)),
        (Fault("text", "text_not_string"), text is not None and not isinstance(text, str)),
        (Fault("choice", "choice_not_string"), choice is not None and not isinstance(choice, str)),
        (Fault("choice", "choice_too_long"), isinstance(choice, str) and len(choice) > CHOICE),
        (Fault("messageId", "message_id"), message_id is not None and not is_id(message_id)),
    )
    return Said(text, choice, message_id)


def channel(body: Body) -> str:
    """The channel of a new conversation."""
    check((Fault("channel", "channel"), body.get("channel") != "web"))
    return "web"


def resume(body: Body) -> tuple[str | None, str | None]:
    """The sixteen digits of a code, or a one-time link's token; the other is None."""
    code, link = body.get("code"), body.get("link")
    digits = re.sub(r"[\s.-]", "", code) if isinstance(code, str) else ""
    check(
        (Fault("", "code_or_link"), (code is None) == (link is None)),
        (Fault("code", "resume_code"), code is not None and not re.fullmatch(r"[0-9]{16}", digits)),
        (Fault("link", "link"), link is not None and not (isinstance(link, str) and link)),
    )
    # Whoever pastes the whole address, or all that stands behind its "#", means the same.
    return digits or None, link and link.rpartition("link=")[2]


def share_code(body: Body) -> str:
    """The code of a shared page, spaces left out; the store decides whether it is the right one."""
    code = body.get("code")
    check((Fault("code", "share_code"), not isinstance(code, str) or not code.strip()))
    return re.sub(r"[\s.-]", "", str(code))


def invited(body: Body, now: datetime) -> Invited:
    """Whom staff invite to which meeting; reading a mark for names takes milliseconds.

    Raises:
        BodyWrong: with every fault.
    """
    found = invitations.read(body, now, tells_who)
    if isinstance(found, Invited):
        return found
    raise BodyWrong(found)


def card(body: Body) -> str | None:
    """The token of the card that a talk goes with; None without one.

    Raises:
        BodyWrong: something else than text, or something else beside it.
    """
    token = body.get("invitation")
    is_alone = body.get("meeting") is None and body.get("channel") in (None, "web")
    check(
        (Fault("invitation", "invitation"), token is not None and not (isinstance(token, str) and token and is_alone))
    )
    # Whoever pastes the whole address means the same.
    return token and token.rpartition(f"{invitations.CARD}=")[2]


def meeting(body: Body) -> date | None:
    """The day of the meeting, or None when it is not known (any more).

    Raises:
        BodyWrong: absent, or not a date as 2026-12-31.
    """
    day = body.get("meeting", "")
    is_day = isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII)
    check((Fault("meeting", "meeting"), day is not None and not is_day))
    try:
        return None if day is None else date.fromisoformat(day)
    except ValueError:
        raise BodyWrong([Fault("meeting", "meeting")]) from None


def goes_on(body: Body) -> bool:
    """Whether the talk goes on in WhatsApp, rather than a day being told.

    Raises:
        BodyWrong: another channel, or both at once.
    """
    if "channel" not in body:
        return False
    check((Fault("channel", "channel_on"), body["channel"] != "whatsapp" or "meeting" in body))
    return True


def shared(body: Body) -> bool:
    """Whether a topic goes along."""
    value = body.get("shared")
    check((Fault("shared", "shared"), not isinstance(value, bool)))
    return bool(value)


def line(body: Body) -> Body:
    """What changes of a line: `text`, `shared`, `names`."""
    changes = {name: body[name] for name in ("text", "shared", "names") if body.get(name) is not None}
    text = changes.get("text")
    check(
        (Fault("", "shared_or_text"), not changes),
        (Fault("shared", "shared"), not isinstance(changes.get("shared", True), bool)),
        (Fault("names", "names"), changes.get("names", True) is not True),
        (Fault("text", "line_text"), text is not None and not (isinstance(text, str) and Said(text).is_readable)),
        (Fault("text", "line_too_long"), isinstance(text, str) and len(text) > LINE),
    )
    return changes | ({"text": Said(text).words} if text is not None else {})


def check(*rules: tuple[Fault, bool]) -> None:
    """Raise every fault whose rule is true.

    Raises:
        BodyWrong: with all of them.
    """
    found = [fault for fault, is_wrong in rules if is_wrong]
    if found:
        raise BodyWrong(found)


def is_id(value: object) -> bool:
    """Whether this is text of a length that an id may have."""
    return isinstance(value, str) and 1 <= len(value) <= MESSAGE_ID and _is_unicode(value)


def _is_unicode(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)
