"""The same conversation in WhatsApp."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.channels.whatsapp_sending import BURST
from bot.core.errors import DatabaseDown, LinkUnknown
from bot.store.phones import Sender
from tests.channels.meta import buttons, delivery, message, raw, tap, text, words
from tests.channels.phone import PATH, Phone
from tests.web.caller import Caller

pytestmark = pytest.mark.slow

TOKEN = re.compile(r"#link=([\w-]+)")


def link_in(body):
    return TOKEN.search(words(body)).group(1)


async def resume(gateway, link):
    async with gateway.post("/v1/conversations/resume", json={"link": link}) as answer:
        return answer.status, await answer.json(content_type=None)


async def test_the_first_message_is_welcomed(phone):
    reply = await phone.type("hallo")

    assert words(reply).startswith("Hallo, ik ben een computer.")
    assert [one["title"] for one in buttons(reply)] == ["Ja, bewaren", "Nee, niet bewaren"]


async def test_a_cry_in_the_first_message_is_answered_before_anything_else(phone):
    reply = await phone.type("ik wil dood")

    assert "113" in words(reply)
    assert "#link" not in words(reply)


async def test_help_comes_without_the_engine(phone, engine):
    await phone.begin()
    engine.is_down = True
    reply = await phone.type("ik wil dood")

    assert "113" in words(reply)
    assert [one["title"] for one in buttons(reply)] == ["Ja", "Nee", "Dat bedoel ik niet"]


async def test_after_a_cry_the_link_comes_only_when_the_talk_goes_on(phone):
    await phone.begin()
    assert "#link" not in words(await phone.type("ik wil dood"))
    assert "#link" not in words(await phone.tap("Ja"))
    assert "#link" not in words(await phone.tap("Verder"))

    assert "#link" in words(await phone.tap("Nee, niet gebruiken"))


async def test_a_sensitive_question_is_asked_on_our_own_page(phone, says):
    await phone.begin()

    assert says("utter_whatsapp_sensitive") in phone.last
    assert "https://voorgesprek.example/#link=" in phone.last
    assert says("utter_ask_wellbeing_week") not in phone.last


async def test_the_link_opens_the_same_talk_once(phone, gateway):
    await phone.begin()
    link = link_in(phone.received[-1])
    status, state = await resume(gateway, link)

    assert (status, state["question"]["id"], state["whatsapp"]) == (200, "wellbeing_week", True)
    assert (await resume(gateway, link))[0] == 404


async def test_a_pasted_address_is_as_good_as_its_token(phone, gateway):
    await phone.begin()
    status, _ = await resume(gateway, "https://voorgesprek.example/#link=" + link_in(phone.received[-1]))

    assert status == 200


async def test_a_link_works_for_a_quarter_of_an_hour(phone, gateway, clock):
    await phone.begin()
    clock.now += timedelta(minutes=16)

    assert (await resume(gateway, link_in(phone.received[-1])))[0] == 404


async def test_a_new_link_can_be_asked_for(phone, store):
    await phone.begin()
    first = link_in(phone.received[-1])
    second = link_in(await phone.type("nieuwe link"))

    assert first != second
    store.resume_by_link(second)
    with pytest.raises(LinkUnknown):
        store.resume_by_link(first)


async def test_the_answer_on_our_own_page_lets_whatsapp_go_on(phone, gateway, says):
    await phone.begin()
    _, state = await resume(gateway, link_in(phone.received[-1]))
    path, headers = f"/v1/conversations/{state['conversationId']}", {"Authorization": f"Bearer {state['token']}"}
    async with gateway.post(path + "/messages", json={"choice": "good"}, headers=headers) as answer:
        assert (await answer.json())["question"]["id"] == "wellbeing_good"
    async with gateway.patch(path, json={"channel": "whatsapp"}, headers=headers) as answer:
        assert answer.status == 200
    await phone.reply(4)

    assert phone.last == says("utter_whatsapp_go_on") + "\n\n" + says("utter_ask_wellbeing_good")


async def test_a_talk_of_our_own_page_goes_on_in_whatsapp(phone, gateway, says):
    talker = await Caller(gateway).begin()
    await talker.tap("consent_yes", "remember_no", "good")
    code = (await talker.call("PATCH", json={"channel": "whatsapp"}))["moveCode"]
    reply = await phone.type(f"Verder {code[:4]} {code[4:]}")

    assert words(reply) == says("utter_whatsapp_moved") + "\n\n" + says("utter_ask_wellbeing_good")
    assert (await talker.reads())["whatsapp"] is True


async def test_a_code_to_go_on_works_once(gateway, meta, says):
    talker = await Caller(gateway).begin()
    code = (await talker.call("PATCH", json={"channel": "whatsapp"}))["moveCode"]
    await Phone(gateway, meta).type(f"verder {code}")

    assert words(await Phone(gateway, meta).type(f"verder {code}")) == says("utter_whatsapp_move_wrong")


async def test_guessing_a_code_to_go_on_ends_after_five_times(phone, gateway, says):
    for _ in range(6):
        await phone.type("verder 0000 0000")
    talker = await Caller(gateway).begin()
    code = (await talker.call("PATCH", json={"channel": "whatsapp"}))["moveCode"]

    assert words(await phone.type(f"verder {code}")) == says("utter_whatsapp_move_wrong")


async def test_volunteered_words_are_not_repeated(phone):
    await phone.begin()
    reply = await phone.type("ik heb schulden bij drie winkels")

    assert "winkels" not in words(reply)
    assert [one["title"] for one in buttons(reply)] == ["Ja, een antwoord", "Nee, iets anders"]


@pytest.mark.parametrize("more", [{"WHATSAPP_SENSITIVE": "off"}])
async def test_sensitive_questions_can_be_left_out(phone, says):
    await phone.begin()

    assert phone.last.endswith(says("utter_ask_wellbeing_good"))


@pytest.mark.parametrize(
    ("kind", "inner", "key"),
    [
        ("audio", {"id": "1", "voice": True}, "utter_whatsapp_voice"),
        ("image", {"id": "1"}, "utter_whatsapp_media"),
        ("sticker", {"id": "1"}, "utter_whatsapp_media"),
        ("document", {"id": "1"}, "utter_whatsapp_media"),
        ("location", {"latitude": 52.1, "longitude": 5.1}, "utter_whatsapp_location"),
        ("contacts", [{"name": {}}], "utter_whatsapp_contacts"),
        ("reaction", {"message_id": "1", "emoji": "👍"}, "utter_whatsapp_reaction"),
        ("revoke", {"original_message_id": "1"}, "utter_whatsapp_deleted"),
        ("unsupported", {}, "utter_whatsapp_other"),
        ("hologram", {}, "utter_whatsapp_other"),
    ],
)
async def test_what_cannot_be_read_gets_a_kind_sentence_and_the_question_again(phone, says, kind, inner, key):
    await phone.type("hallo")
    reply = await phone.send(message(phone.number, kind, inner))

    assert words(reply) == says(key) + "\n\n" + says("utter_ask_consent")


async def test_a_second_voice_note_offers_a_human(phone, says):
    await phone.type("hallo")
    for key in ("utter_whatsapp_voice", "utter_whatsapp_voice_again"):
        reply = await phone.send(message(phone.number, "audio", {"id": "1", "voice": True}))
        assert words(reply).startswith(says(key))


async def test_forwarded_words_can_be_a_cry(phone):
    await phone.begin()

    assert "113" in words(await phone.type("ik wil dood", context={"forwarded": True}))


async def test_two_people_never_see_each_others_talk(gateway, meta):
    ann, ben = Phone(gateway, meta), Phone(gateway, meta)
    await ann.begin()
    reply = await ben.type("hallo")

    assert words(reply).startswith("Hallo, ik ben een computer.")


async def test_a_number_that_changed_hands_opens_nothing(phone):
    await phone.begin()
    body = delivery(text(phone.number, "hallo"))
    body["entry"][0]["changes"][0]["value"]["contacts"][0]["user_id"] = "NL.first"
    data, headers = raw(body)
    await phone.gateway.post(PATH, data=data, headers=headers)
    await phone.reply(4)
    body = delivery(text(phone.number, "hallo"))
    body["entry"][0]["changes"][0]["value"]["contacts"][0]["user_id"] = "NL.second"
    data, headers = raw(body)
    await phone.gateway.post(PATH, data=data, headers=headers)
    await phone.reply(5)

    assert phone.last.startswith("Hallo, ik ben een computer.")


async def test_who_has_a_new_number_is_not_found_by_the_old_one(phone, store, clock):
    await phone.begin()
    await phone.deliver(message(phone.number, "system", {"type": "user_changed_number", "wa_id": "31699999999"}))

    assert store.phones.find(Sender(phone.number), clock.now) is None


async def test_a_number_that_may_not_be_remembered_is_forgotten_after_a_day(phone, clock):
    await phone.begin()
    clock.now += timedelta(hours=25)

    assert words(await phone.type("hallo")).startswith("Hallo, ik ben een computer.")


async def test_a_number_that_may_be_remembered_goes_on(phone, clock):
    await phone.type("hallo")
    await phone.tap("Ja, bewaren")
    await phone.tap("Ja, onthouden")
    clock.now += timedelta(days=3)

    assert "#link" in words(await phone.type("nieuwe link"))


async def test_erasing_leaves_no_number(phone, store, clock):
    await phone.begin()
    await phone.type("alles wissen")
    await phone.tap("Ja, alles wissen")

    assert "Alles is bij mij weg." in phone.last
    assert store.phones.find(Sender(phone.number), clock.now) is None


@pytest.mark.parametrize("said", ["", "/restart", "x" * 100_000, "😀", "'; DROP TABLE phones;--", "<script>", "\x00"])
async def test_whatever_is_typed_gets_an_answer(phone, said):
    await phone.begin()

    assert words(await phone.type(said))


async def test_a_forged_button_gets_an_answer(phone):
    await phone.begin()

    assert words(await phone.send(tap(phone.number, {"id": "wellbeing_week|no_such", "title": "x"})))


async def test_a_database_that_is_down_delays_the_answer_and_not_the_numbers(phone, engine, monkeypatch, store):
    await phone.begin()
    monkeypatch.setattr("bot.channels.whatsapp_lines.WAITS", (0.1, 0.1))
    commit = store.commit
    trouble = [DatabaseDown("down")] * 2
    monkeypatch.setattr(store, "commit", lambda change: commit(change) if not trouble else _raise(trouble.pop()))
    await phone.deliver(text(phone.number, "ik wil dood"))
    await phone.reply(5)

    assert "113" in words(phone.received[3])
    assert [one["title"] for one in buttons(phone.received[4])] == ["Ja", "Nee", "Dat bedoel ik niet"]


def _raise(error):
    raise error


async def test_half_a_thousand_messages_are_answered_one_by_one(phone, engine):
    await phone.begin()
    await phone.type("sla over")
    before = len(engine.turns)
    await phone.deliver(*(text(phone.number, f"zin {number}") for number in range(500)))
    for _ in range(600):
        if len(engine.turns) - before >= 500:
            break
        await asyncio.sleep(0.05)

    assert [turn["text"] for turn in engine.turns[before:]] == [f"zin {number}" for number in range(500)]
    assert len(phone.received) <= BURST + 1


@pytest.mark.parametrize("said", ["stop", "Nee", "geen berichten meer"])
async def test_a_no_to_an_invitation_means_no_more_messages(phone, store, says, clock, said):
    store.phones.invited(Sender(phone.number), "paper", clock.now)
    reply = await phone.type(said)

    assert words(reply) == says("utter_whatsapp_opted_out")
    assert store.phones.wants_none(Sender(phone.number))


async def test_who_was_not_invited_and_says_stop_is_welcomed(phone):
    assert words(await phone.type("stop")).startswith("Hallo, ik ben een computer.")


async def test_a_first_message_that_said_something_is_not_passed_over_in_silence(phone, says):
    assert says("utter_whatsapp_first") in words(await phone.type("ik heb morgen een gesprek en weet niks"))


async def test_a_code_without_its_word_gets_the_word(phone, says):
    assert words(await phone.type("1234 5678")) == says("utter_whatsapp_move_word")


async def test_who_asks_about_a_question_that_was_not_shown_hears_why_it_is_elsewhere(phone, says):
    await phone.begin()

    assert words(await phone.type("waarom")).startswith(says("utter_whatsapp_why_link"))


async def test_a_picture_is_not_looked_at_and_its_words_are(phone, says):
    await phone.begin()
    reply = await phone.send(message(phone.number, "image", {"id": "1", "caption": "sla over"}))

    assert words(reply).startswith(says("utter_whatsapp_caption"))


async def test_what_was_kept_while_the_engine_was_down_gets_its_reply_later(phone, engine, says):
    await phone.begin()
    engine.is_down = True
    assert says("utter_engine_down") in words(await phone.type("het ging wel goed"))
    engine.is_down = False
    await phone.reply(5)

    assert [one["title"] for one in buttons(phone.received[4])] == ["Ja, een antwoord", "Nee, iets anders"]


async def test_a_number_of_an_old_screen_answers_no_other_question(phone, gateway, engine):
    await phone.begin()
    _, state = await resume(gateway, link_in(phone.received[-1]))
    path, headers = f"/v1/conversations/{state['conversationId']}", {"Authorization": f"Bearer {state['token']}"}
    for choice in ("good", "sleep"):
        async with gateway.post(path + "/messages", json={"choice": choice}, headers=headers) as answer:
            assert answer.status == 200
    await phone.type("1")

    assert engine.turns[-1]["choice"] is None
    assert engine.turns[-1]["unseen"] is True


async def test_a_cry_is_answered_when_the_database_is_down_at_the_door(phone, store, monkeypatch):
    await phone.begin()

    def is_down(messages):
        raise DatabaseDown("down")

    monkeypatch.setattr(store.post, "receive", is_down)
    said = text(phone.number, "ik wil dood")
    assert [await phone.deliver(said), await phone.deliver(said)] == [503, 503]
    await phone.reply(4)

    assert "113" in phone.last
    assert len(phone.received) == 4


async def test_a_cry_does_not_stand_in_line(phone, engine, monkeypatch):
    await phone.begin()
    hold = asyncio.Event()
    turn = engine.turn

    async def hangs(body):
        await hold.wait()
        return await turn(body)

    monkeypatch.setattr(engine, "turn", hangs)
    await phone.deliver(text(phone.number, "sla over"))
    await phone.deliver(text(phone.number, "ik wil dood"))
    await phone.reply(4)
    hold.set()

    assert "113" in words(phone.received[3])


async def test_who_has_no_number_can_say_no_more(gateway, meta, store, clock, says):
    sender = Sender(None, "NL.77")
    store.phones.invited(sender, "paper", clock.now)
    body = delivery(message("", "text", {"body": "stop"}))
    value = body["entry"][0]["changes"][0]["value"]
    del value["messages"][0]["from"]
    value["contacts"] = [{"profile": {"name": "Karin"}, "user_id": "NL.77"}]
    data, headers = raw(body)
    async with gateway.post(PATH, data=data, headers=headers) as answer:
        assert answer.status == 200
    await asyncio.sleep(0.3)

    assert store.phones.wants_none(sender)
    assert [words(one) for one in meta.sent if one.get("recipient") == "NL.77"] == [says("utter_whatsapp_opted_out")]


async def test_before_the_first_yes_the_screen_is_not_written(phone, store, clock):
    await phone.type("hallo")
    await phone.type("ik wil dood")

    assert store.phones.find(Sender(phone.number), clock.now).shown == {}
    assert "Goed" in words(await phone.type("1"))


async def test_the_own_code_and_what_was_shared_are_shown_on_our_own_page_only(phone, gateway, store, clock):
    await phone.begin()
    opened = store.phones.find(Sender(phone.number), clock.now)
    code = store.load(opened.conversation_id, opened.data_key).record["resumeCode"]
    _, state = await resume(gateway, link_in(phone.received[-1]))

    assert state["resumeCode"] == code
    assert code not in "".join(map(str, phone.received))


async def test_who_writes_after_the_meeting_is_asked_about_it_once_what_they_wrote_has_its_place(phone, clock):
    await phone.begin()
    token = link_in(await phone.type("mijn pagina"))
    _, resumed = await resume(phone.gateway, token)
    path = f"/v1/conversations/{resumed['conversationId']}"
    headers = {"Authorization": f"Bearer {resumed['token']}"}
    async with phone.gateway.patch(path, json={"meeting": "2025-11-03"}, headers=headers) as answer:
        assert answer.status == 200
    clock.now += timedelta(hours=20)

    doubted = await phone.type("druk met de kinderen")
    reply = await phone.tap(buttons(doubted)[0]["title"])

    assert "Is besproken wat u wilde?" in words(reply)
