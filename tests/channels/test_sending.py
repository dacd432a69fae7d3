"""What is to be sent is sent once, in order, again when that may help, and not too fast."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.whatsapp_sending import BURST, Pace
from tests.channels.meta import text, words

pytestmark = pytest.mark.slow


async def passes(clock, seconds):
    clock.now += timedelta(seconds=seconds)
    await asyncio.sleep(0.3)  # the loop that sends looks many times meanwhile


@pytest.mark.parametrize("code", [130429, 131056, 131000, 80007])
async def test_a_refusal_that_passes_is_tried_again(phone, meta, clock, code):
    meta.codes = [code]
    await phone.deliver(text(phone.number, "hallo"))
    await asyncio.sleep(0.3)
    assert phone.received == []
    await passes(clock, 5)

    assert len(phone.received) == 1


@pytest.mark.parametrize("code", [131026, 131049, 131009, 100])
async def test_a_refusal_that_stays_is_not_tried_again(phone, meta, clock, code):
    meta.codes = [code]
    await phone.deliver(text(phone.number, "hallo"))
    await asyncio.sleep(0.3)
    await passes(clock, 3600)

    assert phone.received == []


async def test_the_order_is_kept_while_the_provider_is_down(phone, meta, clock):
    meta.codes = [131000, 131000]
    await phone.deliver(text(phone.number, "hallo"))
    await asyncio.sleep(0.3)
    await phone.deliver(text(phone.number, "bent u daar"))
    await asyncio.sleep(0.3)
    await passes(clock, 5)
    await passes(clock, 20)
    await passes(clock, 20)

    assert [words(body)[:5] for body in phone.received] == ["Hallo", "Hier "]


async def test_what_is_a_day_late_is_not_sent(phone, meta, clock):
    meta.codes = [131000]
    await phone.deliver(text(phone.number, "hallo"))
    await asyncio.sleep(0.3)
    await passes(clock, 25 * 3600)

    assert phone.received == []


async def test_after_a_day_of_silence_the_template_invites_to_go_on(phone, meta, clock):
    meta.codes = [131047]
    await phone.deliver(text(phone.number, "hallo"))
    sent = await phone.reply(1)

    assert sent["template"]["name"] == "voorgesprek_verder"


async def test_a_message_that_failed_afterwards_is_tried_again(phone, meta, clock):
    await phone.type("hallo")
    status = {"id": meta.ids[-1], "status": "failed", "errors": [{"code": 131000}]}
    await phone.deliver(statuses=(status,))
    await passes(clock, 10)

    assert len(phone.received) == 2


async def test_a_message_that_arrived_is_not_kept(phone, meta, store):
    await phone.type("hallo")
    await phone.deliver(statuses=({"id": meta.ids[-1], "status": "delivered"},))

    assert store.post.came_back(meta.ids[-1]) is None


async def test_an_expired_token_is_told_and_loses_nothing(phone, meta, gateway, clock):
    meta.codes = [190]
    await phone.deliver(text(phone.number, "hallo"))
    await asyncio.sleep(0.3)
    async with gateway.get("/health") as health:
        assert (await health.json())["whatsapp"] == "token_refused"
    await passes(clock, 301)

    assert len(phone.received) == 1


async def test_whom_to_call_overtakes_what_waits(phone, meta, clock):
    await phone.begin()
    meta.codes = [131000]
    await phone.deliver(text(phone.number, "sla over"))
    await asyncio.sleep(0.3)
    await phone.deliver(text(phone.number, "ik wil dood"))
    help_text = await phone.reply(4)

    assert "113" in words(help_text)


def test_a_burst_may_go_and_then_one_in_six_seconds():
    now = [0.0]
    pace = Pace(lambda: now[0])

    assert [pace.wait(b"a") for _ in range(BURST)] == [0.0] * BURST
    assert 5.9 < pace.wait(b"a") <= 6
    assert pace.wait(b"b") == 0
    now[0] = 6.1
    assert pace.wait(b"a") == 0


@pytest.mark.parametrize("more", [{"WHATSAPP_READ_RECEIPTS": "on"}])
async def test_read_receipts_are_sent_where_they_were_turned_on(phone, meta):
    await phone.type("hallo")
    await asyncio.sleep(0.1)

    assert [body["status"] for body in meta.sent if "status" in body] == ["read"]


async def test_read_receipts_are_off(phone, meta):
    await phone.type("hallo")
    await asyncio.sleep(0.1)

    assert [body for body in meta.sent if "status" in body] == []
