"""What Meta calls: proven, kept once, answered at once."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.whatsapp_lines import Lines
from bot.channels.whatsapp_signature import sign
from bot.settings import Settings
from bot.store.retention import LEASE
from bot.store.tables import inbox
from bot.web.app import make_app
from tests.channels.meta import NUMBER_ID, SECRET, VERIFY, delivery, raw, text
from tests.channels.phone import PATH

pytestmark = pytest.mark.slow


async def kept(store):
    """The rows of the inbox that still hold words."""
    with store._database.reading() as connection:
        return connection.execute(inbox.select().where(inbox.c.sealed.is_not(None))).all()


def files(folder):
    return [path for path in Path(folder).iterdir() if path.is_file()]


async def rows(store):
    with store._database.reading() as connection:
        return len(connection.execute(inbox.select()).all())


async def test_meta_registers_the_webhook_with_the_token(gateway):
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    async with gateway.get(PATH, params=query) as answer:
        assert (answer.status, await answer.text(), answer.content_type) == (200, "1158201444", "text/plain")


@pytest.mark.parametrize("query", [{}, {"hub.mode": "subscribe", "hub.verify_token": "x", "hub.challenge": "1"}])
async def test_who_does_not_know_the_token_registers_nothing(gateway, query):
    async with gateway.get(PATH, params=query) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha256=" + "0" * 64, "sha1=abc", "é"])
async def test_without_the_right_signature_nothing_is_read(gateway, phone, store, signature):
    before = await rows(store)
    data, _ = raw(delivery(text(phone.number, "hoi")))
    headers = {} if signature is None else {"X-Hub-Signature-256": signature}
    async with gateway.post(PATH, data=data, headers=headers) as answer:
        assert answer.status == 401
    assert (await rows(store), phone.received) == (before, [])


async def test_the_signature_is_over_the_bytes_as_they_came(phone):
    data = json.dumps(delivery(text(phone.number, "één 👍")), ensure_ascii=False).encode()
    _, headers = raw({})
    headers["X-Hub-Signature-256"] = sign(data, SECRET)
    async with phone.gateway.post(PATH, data=data, headers=headers) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff"])
async def test_signed_nonsense_is_refused(gateway, data):
    async with gateway.post(PATH, data=data, headers={"X-Hub-Signature-256": sign(data, SECRET)}) as answer:
        assert answer.status == 400


async def test_a_batch_of_three_megabytes_is_taken_and_a_larger_one_is_not(gateway, phone):
    fits = delivery(text(phone.number, "x" * (3 * 1024 * 1024 - 2000)))
    async with gateway.post(PATH, data=raw(fits)[0], headers=raw(fits)[1]) as answer:
        assert answer.status == 200
    large = delivery(text(phone.number, "x" * (3 * 1024 * 1024)))
    async with gateway.post(PATH, data=raw(large)[0], headers=raw(large)[1]) as answer:
        assert answer.status == 413


async def test_a_message_that_comes_again_is_answered_once(phone):
    said = text(phone.number, "hallo")
    await phone.send(said)
    for _ in range(3):
        assert await phone.deliver(said, said) == 200
    await asyncio.sleep(0.2)

    assert len(phone.received) == 1


async def test_a_late_message_is_not_answered(phone, clock):
    said = text(phone.number, "hallo", timestamp=str(int((clock.now - timedelta(hours=25)).timestamp())))
    assert await phone.deliver(said) == 200
    await asyncio.sleep(0.1)

    assert phone.received == []


async def test_a_delivery_for_another_number_is_not_answered(phone):
    assert await phone.deliver(text(phone.number, "hallo"), number_id="999") == 200
    await asyncio.sleep(0.1)

    assert phone.received == []


async def test_a_status_of_an_unknown_message_changes_nothing(phone):
    status = {"id": "wamid.other", "status": "failed", "timestamp": "1", "errors": [{"code": 131026}]}

    assert await phone.deliver(statuses=(status,)) == 200


async def test_nothing_typed_before_the_first_yes_reaches_the_inbox(phone, store, engine):
    await phone.type("hallo")
    await phone.type("ik heb schulden")

    assert await kept(store) == []


async def test_words_stay_in_the_inbox_until_they_are_answered(phone, store, engine):
    await phone.begin()
    await phone.type("sla over")
    await phone.type("een wandeling in het bos")

    assert await kept(store) == []


async def test_messages_are_answered_in_the_order_in_which_they_were_said(phone, engine, clock):
    await phone.begin()
    await phone.type("sla over")
    now = int(clock.now.timestamp())
    said = [text(phone.number, f"antwoord {n}", timestamp=str(now + n)) for n in (3, 1, 2)]
    await phone.deliver(*said)
    await phone.reply(7)

    assert [turn["text"] for turn in engine.turns if "antwoord" in (turn["text"] or "")][:3] == [
        "antwoord 1",
        "antwoord 2",
        "antwoord 3",
    ]


async def test_other_numbers_ids_are_not_in_the_database(phone, store, folder):
    said = text(phone.number, "hallo")
    await phone.send(said)
    found = b"".join(path.read_bytes() for path in files(folder))

    assert said["id"].encode() not in found
    assert phone.number.encode() not in found
    assert NUMBER_ID.encode() not in found


async def test_a_message_whose_process_died_is_answered_by_another_one(phone, clock, monkeypatch):
    await phone.begin()
    with monkeypatch.context() as dead:
        dead.setattr(Lines, "take", lambda self, message, mark: asyncio.Event())
        assert await phone.deliver(text(phone.number, "sla over")) == 200
    assert len(phone.received) == 3
    clock.now += LEASE + timedelta(seconds=1)

    await phone.reply(4)


async def test_words_that_may_not_wait_on_a_disk_are_not_acknowledged_until_they_are_answered(phone, monkeypatch):
    await phone.begin()
    monkeypatch.setattr("bot.channels.whatsapp.ANSWER_SECONDS", 0.05)
    with monkeypatch.context() as slow:
        slow.setattr(Lines, "take", lambda self, message, mark: asyncio.Event())
        assert await phone.deliver(text(phone.number, "ik heb een depressie")) == 503


async def test_without_its_settings_there_is_no_webhook(aiohttp_client, folder, store, engine, sense, content, clock):
    app = make_app(Settings.from_env({"DATA_DIR": folder}), store, engine, sense, content, clock)
    client = await aiohttp_client(app)
    async with client.get(PATH) as asked, client.post(PATH, data=b"{}") as told:
        assert (asked.status, told.status) == (404, 404)


async def test_an_earlier_message_in_the_hands_of_another_process_is_waited_for(phone, store, clock, monkeypatch):
    await phone.begin()
    now = int(clock.now.timestamp())
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(Lines, "take", lambda self, message, mark: asyncio.Event())
        await phone.deliver(first := text(phone.number, "sla over", timestamp=str(now)))
    clock.now += timedelta(seconds=1)
    await phone.deliver(text(phone.number, "leg uit", timestamp=str(now + 1)))
    await asyncio.sleep(0.5)
    assert len(phone.received) == 3
    store.post.answer(store.post.mark(first["id"]), [])

    await phone.reply(4)
