"""Only who agreed is invited, by the name of their contact person, and without a word about money."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.errors import InvitationWrong
from bot.inviting import invite
from bot.settings import Settings
from bot.store import masterkey
from bot.store.phones import STOPPED, Sender
from bot.store.store import Store
from tests.channels.meta import SETTINGS
from tests.store.builders import CHEAP

DAY = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
NUMBER = "31611111111"


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings.from_env({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://voorgesprek.example", **SETTINGS})


@pytest.fixture
def store(settings):
    masterkey.create_for_first_try(settings.master_key_file)
    opened = Store.open(settings, scrypt_cost=CHEAP)
    yield opened
    opened.close()


def sent(store):
    (letter,) = store.post.due()
    return letter.body


def test_the_invitation_says_who_when_and_where_and_nothing_else(settings, store):
    invite(settings, store, "+31 6-1111 1111", "mevrouw De Vries", "2099-12-10", "paper")
    body = sent(store)
    (component,) = body["body"]["template"]["components"]

    assert body["to"] == [NUMBER, None]
    assert [one["text"] for one in component["parameters"]] == [
        "mevrouw De Vries",
        "donderdag 10 december",
        "https://voorgesprek.example",
    ]


def test_a_reminder_has_a_template_of_its_own(settings, store):
    invite(settings, store, NUMBER, "mevrouw De Vries", DAY, "phone", reminder=True)

    assert sent(store)["body"]["template"]["name"] == "voorgesprek_herinnering"


@pytest.mark.parametrize("number", ["", "0611111111", "x", "31", "1" * 20])
def test_a_number_without_country_is_refused(settings, store, number):
    with pytest.raises(InvitationWrong):
        invite(settings, store, number, "mevrouw De Vries", DAY, "paper")


@pytest.mark.parametrize("contact", ["", "  ", "x" * 61])
def test_a_contact_person_has_a_name(settings, store, contact):
    with pytest.raises(InvitationWrong):
        invite(settings, store, NUMBER, contact, DAY, "paper")


@pytest.mark.parametrize("day", ["", "morgen", "2020-01-01", "2026-13-01"])
def test_a_day_that_is_past_or_none_is_refused(settings, store, day):
    with pytest.raises(InvitationWrong):
        invite(settings, store, NUMBER, "mevrouw De Vries", day, "paper")


def test_who_wants_no_more_messages_gets_none(settings, store):
    store.phones.invited(Sender(NUMBER), STOPPED, datetime.now(UTC))
    with pytest.raises(InvitationWrong):
        invite(settings, store, NUMBER, "mevrouw De Vries", DAY, "phone")
    invite(settings, store, NUMBER, "mevrouw De Vries", DAY, "paper")

    assert sent(store)["to"] == [NUMBER, None]


def test_without_whatsapp_nobody_is_invited(store, tmp_path):
    with pytest.raises(InvitationWrong):
        invite(Settings.from_env({"DATA_DIR": str(tmp_path)}), store, NUMBER, "mevrouw De Vries", DAY, "paper")
