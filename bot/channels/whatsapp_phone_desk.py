"""Meta and the people on the desk: takes what the gateway sends, and delivers what people do."""

import secrets
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.channels import whatsapp_phone_webhooks as webhooks
from bot.channels.whatsapp_phone_delivery import Delivery
from bot.channels.whatsapp_phone_errors import (
    NO_OBJECT,
    PAIR,
    PARAMETER,
    PATH,
    TOKEN,
    UNDELIVERABLE,
    VALUE,
    WINDOW,
    Refused,
)
from bot.channels.whatsapp_phone_limits import check
from bot.channels.whatsapp_phone_news import News
from bot.channels.whatsapp_phone_people import Handset, shown_to_person, words_and_buttons
from bot.channels.whatsapp_phone_templates import Template, approved
from bot.channels.whatsapp_phone_trouble import Trouble
from bot.settings import WhatsAppSettings
from bot.store.clock import iso

Body = dict[str, Any]
# The versions that Meta still serves: developers.facebook.com/docs/graph-api/changelog (seen August 2026).
VERSIONS = tuple(f"v{number}.0" for number in range(21, 27))
FIRST_NUMBER = 31600000001  # made up
REFUSALS = 50  # that the page can show
STATUSES = ("sent", "delivered")


class Desk:
    """All that there is, in memory only."""

    def __init__(self, settings: WhatsAppSettings, webhook: str, now: Callable[[], datetime]) -> None:
        """Prepare an empty desk.

        Args:
            webhook: the whole address of the gateway's webhook.
            now: the present moment, aware.
        """
        self.settings, self._now = settings, now
        self.trouble, self.news = Trouble(), News()
        self.delivery = Delivery(settings, webhook, self.trouble, self.news.tell)
        self.people: list[Handset] = []
        self.sent: list[Body] = []  # all that was taken, in order, as it came
        self.refusals: deque[Body] = deque(maxlen=REFUSALS)
        self._templates = approved(settings)

    # --- people

    def join(self, name: str, number: str | None = None, is_hidden: bool = False) -> Handset:
        """Somebody with a phone of their own.

        Args:
            number: digits; made up where there is none.
            is_hidden: whether they go by a user name, so that no number is shown.
        """
        made_up = str(FIRST_NUMBER + len(self.people))
        who = Handset(name, None if is_hidden else number or made_up, _new_user())
        self.people.append(who)
        self.news.tell()
        return who

    def whose(self, address: str) -> Handset:
        """The phone with this number or this id of Meta's.

        Raises:
            KeyError: there is none.
        """
        digits = address.removeprefix("+")
        for who in self.people:
            if digits == who.number or address == who.user:
                return who
        raise KeyError(address)

    def say(self, who: Handset, given: Mapping[str, Any]) -> Body:
        """Somebody does something with their phone; gives the message as Meta delivers it.

        Args:
            given: its `kind`, one of `whatsapp_phone_webhooks.KINDS`, and what that kind needs.

        Raises:
            KeyError: the kind is unknown, or what it needs is not there.
        """
        given = self._known(who, given)
        said = webhooks.message(who, given, self._now() - self.trouble.late)
        people = {} if said["type"] == "system" else {"contacts": [webhooks.contact(who)]}
        self._put(who.address, **people, messages=[said])
        who.heard_at = self._now() + self.trouble.ahead
        self._note(who, given, said)
        self.news.tell()
        return said

    def _known(self, who: Handset, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """What somebody does, with what only the desk knows of it."""
        if given["kind"] == "tap":
            button = who.find_button(given)
            return {"kind": "tap", "button": button, "to": button["to"]}
        if given["kind"] == "new_number":
            number = given["number"] if who.number else None
            return {"kind": "new_number", "number": number, "user": _new_user(), "old_user": who.user}
        if "to" in given:
            who.find(given["to"])
        return given

    def read(self, who: Handset) -> None:
        """Somebody looks at their chat."""
        for one in who.received:
            if one["status"] == "delivered":
                self._status(who, one["id"], "read")

    def turn(self, switches: Mapping[str, Any]) -> None:
        """Turn switches for trouble.

        Raises:
            ValueError: one is unknown, or cannot be turned like this.
        """
        self.trouble.change(switches)
        self.news.tell()

    # --- what the gateway sends

    def take(self, version: str, number_id: str, authorization: str, body: Any) -> Body:
        """POST /{version}/{phone_number_id}/messages.

        Raises:
            Refused: with Meta's code.
        """
        try:
            self._check_caller(version, number_id, authorization)
            if isinstance(body, dict) and body.get("status") == "read":
                return self._take_receipt(body)
            check(body, self._templates)
            return self._take_message(body)
        except Refused as refused:
            self._note_refusal(refused)
            raise

    def _take_message(self, body: Body) -> Body:
        address = str(body.get("to") or body.get("recipient"))
        message_id = webhooks.new_id(address)
        try:
            self._pass_on(address, message_id, body)
        except Refused as refused:
            if refused.code != UNDELIVERABLE and not self.trouble.comes_later(refused):
                raise
            self._note_refusal(refused)
            self._fail(address, message_id, refused)
        contact = {"input": address, "wa_id": address.removeprefix("+")}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": message_id}]}

    def _check_caller(self, version: str, number_id: str, authorization: str) -> None:
        if version not in VERSIONS:
            raise Refused(PATH, f"Unknown path components: /{version}")
        if authorization != f"Bearer {self.settings.access_token}":
            raise Refused(TOKEN, "Invalid OAuth access token - Cannot parse access token")
        if number_id != self.settings.phone_number_id:
            raise Refused(PARAMETER, f"Object with ID '{number_id}' does not exist", NO_OBJECT)

    def _pass_on(self, address: str, message_id: str, body: Body) -> None:
        self.trouble.refuse()
        try:
            who = self.whose(address)
        except KeyError:
            raise Refused(UNDELIVERABLE) from None
        now = self._now() + self.trouble.ahead
        if body.get("type") != "template" and not who.may_get_text(now):
            raise Refused(WINDOW)
        if who.is_too_fast(now):
            raise Refused(PAIR)
        words, buttons = self._shown(body)
        who.chat.append(shown_to_person(message_id, body, words, buttons, iso(self._now())))
        self.sent.append(body)
        self.news.tell()
        for name in STATUSES[:1] if self.trouble.offline else STATUSES:
            self._status(who, message_id, name)

    def _shown(self, body: Body) -> tuple[str, list[Body]]:
        if body.get("type") != "template":
            return words_and_buttons(body)
        template = body["template"]
        found = Template.of(self._templates, template["name"], template["language"]["code"])
        words, buttons = found.fill(template.get("components", []))
        return words, [{"kind": "button", **button} for button in buttons]

    def _fail(self, address: str, message_id: str, refused: Refused) -> None:
        try:
            who = self.whose(address)
        except KeyError:
            who = Handset("", address, _new_user())
        self._put_status(who, message_id, "failed", (refused.in_status(),))

    def _take_receipt(self, body: Body) -> Body:
        for who in self.people:
            for one in who.chat:
                if one["id"] == body.get("message_id") and one["from"] == "person":
                    one["status"] = "read"
                    self.news.tell()
                    return {"success": True}
        raise Refused(VALUE, "Message id not found")

    # --- what the gateway hears

    def _status(self, who: Handset, message_id: str, name: str) -> None:
        who.mark(message_id, name)
        self.news.tell()
        self._put_status(who, message_id, name)

    def _put_status(self, who: Handset, message_id: str, name: str, errors: tuple[Body, ...] = ()) -> None:
        bodies = (one.get("body") or {} for one in who.chat if one["id"] == message_id)
        reference = next(bodies, {}).get("biz_opaque_callback_data", "")
        told = webhooks.status(who, message_id, name, self._now(), errors, reference)
        self._put(f"statuses of {who.address}", contacts=[webhooks.contact(who)], statuses=[told])

    def _put(self, line: str, **holds: Any) -> None:
        self.delivery.put(line, webhooks.change(self.settings.phone_number_id, **holds))

    # --- what the page shows

    def _note(self, who: Handset, given: Mapping[str, Any], said: Body) -> None:
        """Show in the chat what somebody did."""
        kind = given["kind"]
        if kind == "reaction":
            who.find(given["to"])["reaction"] = given["emoji"]
        elif kind == "edit":
            who.find(given["to"]).update(text=given["text"], edited=True)
        elif kind == "delete":
            who.find(given["to"]).update(text="", deleted=True)
        elif kind == "new_number":
            who.number, who.user = given["number"], given["user"]
        else:
            text = given["button"]["title"] if kind == "tap" else given.get("text", "")
            forwarded = bool(given.get("forwarded"))
            mine = {"id": said["id"], "from": "person", "at": iso(self._now()), "kind": kind, "text": text}
            who.chat.append({**mine, "forwarded": forwarded, "status": "sent"})

    def _note_refusal(self, refused: Refused) -> None:
        self.refusals.append({"code": refused.code, "details": refused.details, "at": iso(self._now())})
        self.news.tell()


def _new_user() -> str:
    return f"NL.{secrets.randbelow(10**18):018}"
