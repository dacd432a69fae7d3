"""The phone on the desk takes and refuses messages as Meta does."""

import aiohttp
import pytest

from bot.channels.whatsapp_phone_desk import Desk
from bot.channels.whatsapp_phone_people import BURST, Handset
from tests.channels.desk.helpers import FREE, Graph
from tests.channels.meta import Body

pytestmark = pytest.mark.slow


async def test_a_message_is_taken_as_meta_takes_it(graph: Graph, desk: Desk, karin: Handset):
    desk.say(karin, {"kind": "text", "text": "hallo"})

    answer = await graph.send({**FREE, "to": "+" + karin.number})

    assert answer["status"] == 200
    assert answer["contacts"] == [{"input": "+" + karin.number, "wa_id": karin.number}]
    assert answer["messages"][0]["id"] == karin.received[0]["id"]


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"token": "old"}, (401, 190)),
        ({"version": "v12.0"}, (400, 2500)),
        ({"version": "latest"}, (400, 2500)),
        ({"number": "1"}, (400, 100)),
    ],
)
async def test_a_wrong_caller_is_refused(graph: Graph, karin: Handset, more: dict[str, str], refused: tuple[int, int]):
    assert await graph.code({**FREE, "to": karin.number}, **more) == refused
    assert karin.received == []


async def test_who_wrote_nothing_for_a_day_gets_templates_only(graph: Graph, desk: Desk, karin: Handset):
    desk.say(karin, {"kind": "text", "text": "hallo"})
    assert (await graph.send({**FREE, "to": karin.number}))["status"] == 200
    template = {"name": "voorgesprek_verder", "language": {"code": "nl"}}
    invitation = {"messaging_product": "whatsapp", "to": karin.number, "type": "template", "template": template}

    desk.turn({"hoursAhead": 24})

    assert await graph.code({**FREE, "to": karin.number}) == (400, 131047)
    assert (await graph.send(invitation))["status"] == 200


async def test_a_burst_is_taken_and_one_more_is_too_fast(graph: Graph, desk: Desk, karin: Handset):
    desk.say(karin, {"kind": "text", "text": "hallo"})

    answers = [(await graph.send({**FREE, "to": karin.number}))["status"] for _ in range(BURST)]

    assert answers == [200] * BURST
    assert await graph.code({**FREE, "to": karin.number}) == (400, 131056)


async def test_the_pair_rate_forgets_a_clock_that_was_set_back(graph: Graph, desk: Desk, karin: Handset):
    desk.turn({"hoursAhead": 25})
    desk.say(karin, {"kind": "text", "text": "hallo"})
    await graph.send({**FREE, "to": karin.number})

    desk.turn({"hoursAhead": 0})

    assert (await graph.send({**FREE, "to": karin.number}))["status"] == 200


async def test_who_has_no_whatsapp_is_told_of_in_a_status(graph: Graph, desk: Desk, karin: Handset):
    told: list[Body] = []
    desk.delivery.put = lambda line, change: told.append(change)

    answer = await graph.send({**FREE, "to": "31699999999"})

    [status] = told[0]["statuses"]
    assert (status["id"], status["status"]) == (answer["messages"][0]["id"], "failed")
    assert status["errors"][0]["code"] == 131026


@pytest.mark.parametrize(
    ("answer", "refused"), [("190", (401, 190)), ("131000", (500, 131000)), ("130429", (429, 130429))]
)
async def test_meta_answers_as_the_switch_says(graph: Graph, desk: Desk, karin: Handset, answer, refused):
    desk.say(karin, {"kind": "text", "text": "hallo"})

    desk.turn({"answer": answer})

    assert await graph.code({**FREE, "to": karin.number}) == refused


async def test_codes_for_the_next_messages_are_used_up(graph: Graph, desk: Desk, karin: Handset):
    desk.say(karin, {"kind": "text", "text": "hallo"})
    desk.turn({"next": [131056, 131016]})

    codes = [await graph.code({**FREE, "to": karin.number}) for _ in range(2)]

    assert codes == [(400, 131056), (500, 131016)]
    assert (await graph.send({**FREE, "to": karin.number}))["status"] == 200


async def test_when_meta_is_down_the_connection_breaks(graph: Graph, desk: Desk, karin: Handset):
    desk.turn({"answer": "down"})

    with pytest.raises(aiohttp.ClientError):
        await graph.send({**FREE, "to": karin.number})


async def test_a_page_of_another_site_is_refused(graph: Graph, desk: Desk):
    for headers in ({"Origin": "https://kwaad.example"}, {"Host": "kwaad.example"}):
        async with graph.client.post(f"{desk.address}/api/phones", json={"name": "X"}, headers=headers) as response:
            assert response.status == 403
    assert len(desk.people) == 1
