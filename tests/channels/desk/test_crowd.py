"""Many people at once, delivered twice, in the wrong order: no reply is lost, doubled or crossed."""

import asyncio

import pytest

from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_people import Handset
from tests.channels.desk.helpers import say

pytestmark = pytest.mark.slow

PEOPLE = 100


async def test_a_hundred_people_each_get_their_own_replies_once(together: Desk):
    together.turn({"repeat": 1, "outOfOrder": True})
    people = [together.join(f"Mens {number}", is_hidden=number % 3 == 0) for number in range(PEOPLE)]

    await asyncio.gather(*(walk(together, who) for who in people))
    await together.delivery.settled()

    assert {len(who.received) for who in people} == {3}
    assert len({who.received[-1]["text"] for who in people}) == PEOPLE  # each with a link of their own
    assert {one["status"] for who in people for one in who.received} == {"delivered"}


async def walk(desk: Desk, who: Handset) -> None:
    """Through both first questions."""
    await say(desk, who, kind="text", text="hallo")
    await say(desk, who, kind="tap", title="Ja, bewaren")
    await say(desk, who, kind="tap", title="Nee, niet onthouden")
