"""The phone on the desk delivers as Meta does, to a real gateway with a fake engine."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.channels.whatsapp_phone_delivery import written
from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_people import Handset
from tests.channels.desk.helpers import say, until
from tests.store.builders import Clock

pytestmark = pytest.mark.slow


async def test_a_message_is_answered_and_its_statuses_arrive(together: Desk, karin: Handset):
    reply = await say(together, karin, kind="text", text="hallo")

    assert reply["text"].startswith("Hallo, ik ben een computer.")
    await together.delivery.settled()
    assert [one.status for one in together.delivery.tries] == [200, 200, 200]
    assert reply["status"] == "delivered"


async def test_nothing_is_delivered_before_the_handshake(gateway, desk: Desk, karin: Handset):
    desk.say(karin, {"kind": "text", "text": "hallo"})
    await asyncio.sleep(0.1)

    assert list(desk.delivery.tries) == []
    assert desk.delivery.handshake == "waits"


async def test_a_tap_goes_on_where_the_button_stands(together: Desk, karin: Handset):
    await say(together, karin, kind="text", text="hallo")

    await say(together, karin, kind="tap", title="Ja, bewaren")

    assert "onthouden" in karin.received[-1]["buttons"][0]["id"] + karin.received[-1]["text"]


async def test_what_is_delivered_three_times_is_answered_once(together: Desk, karin: Handset):
    together.turn({"repeat": 2})

    await say(together, karin, kind="text", text="hallo")
    await together.delivery.settled()

    assert sum(one.holds["messages"] for one in together.delivery.tries) == 3
    assert len(karin.received) == 1


async def test_what_is_not_taken_is_delivered_again(together: Desk, karin: Handset):
    right, together.delivery._secret = together.delivery._secret, "another secret"
    together.say(karin, {"kind": "text", "text": "hallo"})
    await until(lambda: len(together.delivery.tries) > 2)

    together.delivery._secret = right
    await until(lambda: karin.received)

    assert {one.status for one in together.delivery.tries} == {401, 200}


async def test_out_of_order_the_last_of_a_moment_comes_first(together: Desk, karin: Handset):
    said, sent = await in_a_moment(together, karin, {"outOfOrder": True})

    assert sent == said[::-1]


async def test_a_batch_holds_all_of_a_moment(together: Desk, karin: Handset):
    said, sent = await in_a_moment(together, karin, {"batch": True})

    assert sent == [" ".join(said)]


async def in_a_moment(desk: Desk, who: Handset, switch: dict[str, bool]) -> tuple[list[str], list[str]]:
    sent: list[str] = []
    desk.delivery._is_taken = lambda raw, number, holds: taken(sent, raw)
    desk.turn(switch)
    said = [desk.say(who, {"kind": "text", "text": words})["id"] for words in ("een", "twee", "drie")]
    await desk.delivery.settled()
    return said, sent


async def taken(sent: list[str], raw: bytes) -> bool:
    changes = json.loads(raw)["entry"][0]["changes"]
    sent.append(" ".join(one["id"] for change in changes for one in change["value"]["messages"]))
    return True


async def test_late_messages_are_a_day_old(desk: Desk, karin: Handset, clock):
    desk.turn({"hoursLate": 25})

    said = desk.say(karin, {"kind": "text", "text": "hallo"})

    assert int(said["timestamp"]) == int(clock().timestamp()) - 25 * 3600


async def test_what_was_taken_and_then_failed_is_sent_again(together: Desk, karin: Handset, clock: Clock):
    await say(together, karin, kind="text", text="hallo")
    together.turn({"refuseLater": True, "next": [131000]})
    together.say(karin, {"kind": "tap", "title": "Ja, bewaren"})
    await until(lambda: together.refusals)
    await together.delivery.settled()

    clock.now += timedelta(minutes=1)

    await until(lambda: len(karin.received) == 2)


async def test_a_new_number_belongs_to_the_same_phone(desk: Desk, karin: Handset):
    old, user = karin.number, karin.user

    said = desk.say(karin, {"kind": "new_number", "number": "31688888888"})

    assert (said["from"], said["system"]["wa_id"]) == (old, "31688888888")
    assert (karin.number, karin.user == user) == ("31688888888", False)


def test_letters_and_slashes_are_written_as_meta_writes_them():
    assert written({"a": "één/😀"}) == rb'{"a":"\u00e9\u00e9n\/\ud83d\ude00"}'
