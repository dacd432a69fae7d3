"""pywa, which others wrote from the same pages of Meta, reads all that the phone on the desk delivers, as we do."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from pywa import WhatsApp, handlers, utils

from bot.channels import whatsapp_payloads as payloads
from bot.channels.whatsapp_phone_delivery import written
from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_errors import Refused
from bot.channels.whatsapp_phone_people import Handset
from bot.channels.whatsapp_phone_webhooks import change, contact, envelope, status
from bot.channels.whatsapp_signature import challenge, is_signed, sign
from bot.channels.whatsapp_templates import go_on
from bot.store.phones import Sender
from tests.channels.desk.helpers import FREE, whatsapp_settings
from tests.channels.meta import NUMBER_ID, SECRET, TOKEN, VERIFY
from tests.store.builders import NOON

pytestmark = pytest.mark.slow

# What somebody does; what pywa calls it, and what we do.
KINDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a text": ({"kind": "text", "text": "Hé, 'één' 😀\n/x"}, "text", "text"),
    "a voice note": ({"kind": "voice"}, "audio", "voice"),
    "a picture": ({"kind": "image", "text": "mijn huis"}, "image", "media"),
    "a film": ({"kind": "video"}, "video", "media"),
    "a sticker": ({"kind": "sticker"}, "sticker", "media"),
    "a document": ({"kind": "document", "text": "mijn brief"}, "document", "media"),
    "a place": ({"kind": "location"}, "location", "location"),
    "a card": ({"kind": "contacts"}, "contacts", "contacts"),
    "something else": ({"kind": "unsupported"}, "unsupported", "other"),
    "a reaction": ({"kind": "reaction", "emoji": "👍", "to": "first"}, "reaction", "reaction"),
    "an edited text": ({"kind": "edit", "text": "anders", "to": "first"}, "text", "edited"),
    "a deleted text": ({"kind": "delete", "to": "first"}, "revoke", "deleted"),
    "a button": ({"kind": "tap", "title": "Ja"}, "interactive", "reply"),
    "a row": ({"kind": "tap", "title": "Goed", "to": "list"}, "interactive", "reply"),
    "a template's button": ({"kind": "tap", "title": "Verder", "to": "template"}, "button", "reply"),
}
BUTTONS = {"buttons": [{"type": "reply", "reply": {"id": "q|yes", "title": "Ja"}}]}
ROWS = {"button": "Kies", "sections": [{"title": "Kies", "rows": [{"id": "q|a", "title": "Goed", "description": "x"}]}]}
TAPS = {"a button": ("q|yes", "Ja"), "a row": ("q|a", "Goed"), "a template's button": ("go_on", "Verder")}


class Pywa:
    """A client of pywa; `read` gives what it makes of a delivery."""

    def __init__(self) -> None:
        self.client = WhatsApp(phone_id=NUMBER_ID, token=TOKEN, server=None, verify_token=VERIFY, app_secret=SECRET)
        self.updates: list[Any] = []
        kinds = "Message CallbackButton CallbackSelection MessageStatus EditedMessage DeletedMessage PhoneNumberChange"
        for kind in kinds.split():
            self.client.add_handlers(getattr(handlers, f"{kind}Handler")(lambda _, update: self.updates.append(update)))

    def read(self, raw: bytes) -> Any:
        assert self.client.webhook_update_validator(raw, hmac_header=sign(raw, SECRET)) is None
        assert self.client.webhook_update_handler(raw) == ("ok", 200)
        return self.updates.pop()


@pytest.fixture(scope="module")
def pywa() -> Pywa:
    return Pywa()


@pytest.fixture(params=[False, True], ids=["with a number", "without a number"])
async def who(request: pytest.FixtureRequest, desk: Desk) -> Handset:
    """Somebody who wrote a text, and got buttons, a list and a template."""
    who = desk.join("Bea", is_hidden=request.param)
    desk.say(who, {"kind": "text", "text": "hallo"})
    to = {"messaging_product": "whatsapp", "to": who.address}
    for kind, action in (("list", ROWS), ("button", BUTTONS)):
        interactive = {"type": kind, "body": {"text": "Kies"}, "action": action}
        desk.take("v25.0", NUMBER_ID, f"Bearer {TOKEN}", {**to, "type": "interactive", "interactive": interactive})
    desk.take("v25.0", NUMBER_ID, f"Bearer {TOKEN}", {**to, **go_on(whatsapp_settings())})
    who.chat.insert(2, who.chat.pop())  # the buttons stand last
    return who


@pytest.fixture
def delivered(desk: Desk) -> Callable[..., bytes]:
    """What somebody does, as the bytes that would be delivered."""
    changes: list[Any] = []
    desk.delivery.put = lambda _, change: changes.append(change)

    def do(who: Handset, given: dict[str, Any]) -> bytes:
        places = {"first": 0, "list": 1, "template": 2}
        desk.say(who, {**given, "to": who.chat[places[given["to"]]]["id"]} if "to" in given else given)
        return written(envelope([changes.pop()]))

    return do


@pytest.mark.parametrize("kind", KINDS)
async def test_pywa_and_we_read_the_same(pywa: Pywa, who: Handset, delivered: Callable[..., bytes], kind: str):
    given, its_name, our_name = KINDS[kind]

    raw = delivered(who, given)
    its, [ours] = pywa.read(raw), payloads.read(json.loads(raw), NUMBER_ID).messages

    assert (str(its.type), ours.kind) == (its_name, our_name)
    assert (its.id, its.from_user.wa_id, its.from_user.bsuid) == (ours.message_id, ours.sender.number, ours.sender.user)
    assert its.timestamp.timestamp() == ours.said_at.timestamp()


@pytest.mark.parametrize("kind", TAPS)
async def test_pywa_and_we_read_the_same_button(pywa: Pywa, who: Handset, delivered: Callable[..., bytes], kind: str):
    raw = delivered(who, KINDS[kind][0])
    its, [ours] = pywa.read(raw), payloads.read(json.loads(raw), NUMBER_ID).messages

    assert (its.data, its.title) == (ours.reply, ours.text) == TAPS[kind]
    assert its.reply_to_message.id in [one["id"] for one in who.chat]


@pytest.mark.parametrize(
    ("kind", "words"), [("a text", "text"), ("a picture", "caption"), ("a document", "caption")], ids=str
)
async def test_pywa_and_we_read_the_same_words(pywa: Pywa, who: Handset, delivered, kind: str, words: str):
    raw = delivered(who, KINDS[kind][0])
    its, [ours] = pywa.read(raw), payloads.read(json.loads(raw), NUMBER_ID).messages

    assert getattr(its, words) == ours.text == KINDS[kind][0]["text"]


async def test_pywa_and_we_read_the_same_edited_words(pywa: Pywa, who: Handset, delivered: Callable[..., bytes]):
    raw = delivered(who, KINDS["an edited text"][0])

    assert payloads.read(json.loads(raw), NUMBER_ID).messages[0].text == pywa.read(raw).message.text == "anders"


@pytest.mark.parametrize("forwarded", [True, False])
async def test_pywa_and_we_see_what_was_forwarded(pywa: Pywa, who: Handset, delivered, forwarded: bool):
    raw = delivered(who, {"kind": "text", "text": "lees dit", "forwarded": forwarded})

    assert payloads.read(json.loads(raw), NUMBER_ID).messages[0].forwarded is pywa.read(raw).forwarded is forwarded


async def test_pywa_and_we_see_who_left_a_number(pywa: Pywa, desk: Desk, delivered: Callable[..., bytes]):
    who = desk.people[0]
    old = who.number

    raw = delivered(who, {"kind": "new_number", "number": "31688888888"})

    its = pywa.read(raw)
    assert payloads.read(json.loads(raw), NUMBER_ID).left == (Sender(old),)
    assert (its.old_wa_id, its.new_wa_id, its.new_user_id) == (old, "31688888888", who.user)


async def test_we_see_who_left_an_id_when_no_number_is_shown(desk: Desk, delivered: Callable[..., bytes]):
    who = desk.join("Ali", is_hidden=True)
    old = who.user

    raw = delivered(who, {"kind": "new_number", "number": "31688888888"})

    assert payloads.read(json.loads(raw), NUMBER_ID).left == (Sender(None, old),)
    assert who.user != old


PEOPLE = [Handset("Bea", "31600000001", "NL.12345"), Handset("Ali", None, "NL.67890")]


@pytest.mark.parametrize(("who", "name"), itertools.product(PEOPLE, ["sent", "delivered", "read", "failed"]))
def test_pywa_and_we_read_the_same_status(pywa: Pywa, who: Handset, name: str):
    errors = (Refused(131026).in_status(),) if name == "failed" else ()
    told = status(who, "wamid.1", name, NOON, errors)
    raw = written(envelope([change(NUMBER_ID, contacts=[contact(who)], statuses=[told])]))

    its, [ours] = pywa.read(raw), payloads.read(json.loads(raw), NUMBER_ID).statuses

    assert (its.id, str(its.status)) == (ours.message_id, ours.name)
    assert ours.codes == ((its.error.code,) if its.error else ())
    assert ours.codes == ((131026,) if errors else ())


def test_pywa_refuses_what_we_refuse():
    client, raw = Pywa().client, written({**FREE, "text": {"body": "één/😀"}})
    again = json.dumps(json.loads(raw), ensure_ascii=False).encode()

    for body, secret in ((raw, "another"), (again, SECRET)):
        signature = sign(raw, secret)
        assert client.webhook_update_validator(body, hmac_header=signature) == ("Forbidden", 403)
        assert not is_signed(body, signature, SECRET)
        assert not utils.webhook_updates_validator(SECRET, body, signature)


def test_pywa_answers_the_handshake_as_we_do():
    query = {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": VERIFY}

    its = Pywa().client.webhook_challenge_handler(vt=VERIFY, ch="42")

    assert its == (challenge(query, VERIFY), 200)
