"""What Meta delivers is read whatever its shape."""

import pytest

from bot.channels.whatsapp_payloads import Incoming, read
from tests.channels.meta import NUMBER_ID, delivery, message, tap, text

ANN, BEN = "31611111111", "31622222222"


def one(body):
    (found,) = read(body, NUMBER_ID).messages
    return found


def test_every_message_of_a_batch_is_read():
    batch = delivery(text(ANN, "een"), text(BEN, "twee"))
    batch["entry"].append(delivery(text(ANN, "drie"))["entry"][0])

    assert [found.text for found in read(batch, NUMBER_ID).messages] == ["een", "twee", "drie"]


def test_a_message_for_another_number_is_not_ours():
    assert read(delivery(text(ANN, "hoi"), number_id="999"), NUMBER_ID).messages == ()


def test_a_tapped_button_has_its_id_and_its_words():
    found = one(delivery(tap(ANN, {"id": "consent|consent_yes", "title": "Ja, bewaren"})))

    assert (found.kind, found.reply, found.text) == ("reply", "consent|consent_yes", "Ja, bewaren")


def test_somebody_with_a_user_name_comes_without_a_number():
    body = delivery(message(ANN, "text", {"body": "hoi"}))
    value = body["entry"][0]["changes"][0]["value"]
    del value["messages"][0]["from"]
    value["contacts"] = [{"profile": {"name": "Karin"}, "user_id": "NL.1234"}]

    assert one(body).sender.address == "NL.1234"


def test_a_number_comes_with_the_persons_own_id():
    body = delivery(text(ANN, "hoi"))
    body["entry"][0]["changes"][0]["value"]["contacts"][0]["user_id"] = "NL.77"

    assert (one(body).sender.number, one(body).sender.user) == (ANN, "NL.77")


def test_a_message_without_sender_is_left_out():
    body = delivery(text(ANN, "hoi"))
    body["entry"][0]["changes"][0]["value"].pop("contacts")
    del body["entry"][0]["changes"][0]["value"]["messages"][0]["from"]

    assert read(body, NUMBER_ID).messages == ()


def test_a_reaction_that_was_taken_back_says_nothing():
    assert read(delivery(message(ANN, "reaction", {"message_id": "x", "emoji": ""})), NUMBER_ID).messages == ()


def test_a_changed_number_belongs_to_nobody_we_know():
    changed = message(ANN, "system", {"type": "user_changed_number", "wa_id": BEN, "body": "…"})
    read_ = read(delivery(changed), NUMBER_ID)

    assert (read_.messages, read_.left[0].number) == ((), ANN)


def test_an_edited_message_brings_its_new_words():
    inner = {"original_message_id": "x", "message": {"type": "text", "text": {"body": "toch niet"}}}

    assert one(delivery(message(ANN, "edit", inner))).text == "toch niet"


def test_statuses_bring_their_codes():
    status = {"id": "wamid.1", "status": "failed", "errors": [{"code": 131047}, {"code": "x"}]}
    (found,) = read(delivery(statuses=(status,)), NUMBER_ID).statuses

    assert (found.message_id, found.name, found.codes) == ("wamid.1", "failed", (131047,))


@pytest.mark.parametrize(
    "body",
    [None, 1, "x", [], {}, {"entry": 1}, {"entry": [1]}, {"entry": [{"changes": [{"value": {"messages": [3]}}]}]}],
)
def test_what_meta_never_sends_holds_nothing(body):
    assert read(body, NUMBER_ID).messages == ()


@pytest.mark.parametrize("timestamp", [None, "soon", "", "99999999999999999999", -1e30])
def test_a_strange_time_is_now(timestamp):
    assert one(delivery(text(ANN, "hoi", timestamp=timestamp))).said_at.year >= 2025


def test_a_message_is_the_same_after_the_inbox():
    found = one(delivery(text(ANN, "hoi", context={"forwarded": True})))

    assert Incoming.from_json(found.json()) == found
