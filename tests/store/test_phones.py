"""Who writes from a phone finds their own conversation, and nobody else's."""

from datetime import timedelta

import pytest

from bot.core.errors import LinkUnknown
from bot.store.masterkey import MasterKeyFile
from bot.store.phones import STOPPED, Sender
from bot.store.retention import LINK
from tests.store.builders import a_change, rows

ANN = Sender("31611111111", "NL.1")
YES = [{"name": "consent", "given": True}, {"name": "remember", "given": True}]


@pytest.fixture
def linked(store, talk, clock):
    """A conversation that Ann's phone opens."""
    store.phones.link(talk.conversation_id, talk.data_key, ANN, clock.now)
    return talk


@pytest.mark.parametrize("sender", [ANN, Sender("31611111111"), Sender(None, "NL.1")])
def test_a_phone_opens_its_conversation_by_all_that_is_known_of_it(store, linked, clock, sender):
    assert store.phones.find(sender, clock.now).data_key == linked.data_key


@pytest.mark.parametrize(
    "sender", [Sender("31622222222"), Sender("31611111111", "NL.2"), Sender("31622222222", "NL.1")]
)
def test_another_person_opens_nothing(store, linked, clock, sender):
    assert store.phones.find(sender, clock.now) is None


def test_a_new_owner_of_a_number_begins_anew_and_the_former_one_loses_it(store, linked, clock):
    other, new = store.create("whatsapp"), Sender(ANN.number, "NL.2")
    store.phones.link(other.conversation_id, other.data_key, new, clock.now)

    assert store.phones.find(new, clock.now).conversation_id == other.conversation_id
    assert store.phones.of(linked.conversation_id) is None  # or its links would go to the new owner


def test_a_name_that_comes_later_is_noted(store, talk, clock):
    store.phones.link(talk.conversation_id, talk.data_key, Sender(ANN.number), clock.now)
    store.phones.heard(store.phones.find(ANN, clock.now), ANN, clock.now)

    assert store.phones.find(Sender(ANN.number, "NL.2"), clock.now) is None
    assert store.phones.find(Sender(None, ANN.user), clock.now) is not None


def test_after_erasing_no_number_is_left(store, linked, places, clock):
    store.post.send([store.post.letter(ANN, {"body": "x"})])
    store.erase(linked.conversation_id)

    assert store.phones.find(ANN, clock.now) is None
    assert [rows(places.database_url)[table] for table in ("phones", "outbox")] == [[], []]
    assert rows(places.keyring_url)["phone_keys"] == []


def test_a_backup_opens_no_phone_that_was_cut_since(store, linked, clock):
    store.phones.unlink(ANN)

    assert store.phones.find(ANN, clock.now) is None


def test_a_phone_that_may_not_be_remembered_is_cut_after_a_day(store, linked, clock):
    clock.now += timedelta(hours=23)
    store.expire()
    assert store.phones.find(ANN, clock.now) is not None
    clock.now += timedelta(hours=2)
    store.expire()

    assert store.phones.quiet_since(clock.now) == []


def test_a_phone_that_may_be_remembered_stays(store, linked, clock):
    store.commit(a_change(store, linked, record={"consents": YES, "createdAt": clock.now.isoformat()}))
    for _ in range(3):
        clock.now += timedelta(hours=20)
        store.expire()

    assert store.phones.find(ANN, clock.now) is not None


def test_a_link_opens_its_conversation_once(store, linked, clock):
    link = store.links.make(linked.conversation_id, linked.data_key, clock.now + LINK)

    assert store.resume_by_link(link).data_key == linked.data_key
    with pytest.raises(LinkUnknown):
        store.resume_by_link(link)


def test_spending_one_link_spends_the_others(store, linked, clock):
    first, second = (store.links.make(linked.conversation_id, linked.data_key, clock.now + LINK) for _ in range(2))
    store.resume_by_link(second)

    with pytest.raises(LinkUnknown):
        store.resume_by_link(first)


def test_a_link_is_over_after_a_quarter_of_an_hour(store, linked, clock, places):
    link = store.links.make(linked.conversation_id, linked.data_key, clock.now + LINK)
    clock.now += LINK

    with pytest.raises(LinkUnknown):
        store.resume_by_link(link)
    store.expire()
    assert rows(places.keyring_url)["link_keys"] == []


@pytest.mark.parametrize("link", ["", "x", "\x00", "é" * 1000])
def test_nonsense_is_no_link(store, link):
    with pytest.raises(LinkUnknown):
        store.resume_by_link(link)


def test_who_wants_no_more_messages_is_known(store, clock):
    store.phones.invited(ANN, "paper", clock.now)
    assert not store.phones.wants_none(ANN)
    store.phones.invited(ANN, STOPPED, clock.now)
    assert store.phones.wants_none(ANN)
    store.phones.invited(ANN, "paper", clock.now)

    assert not store.phones.wants_none(ANN)


def test_a_rotated_master_key_opens_phones_and_links(store, linked, clock, places):
    link = store.links.make(linked.conversation_id, linked.data_key, clock.now + LINK)
    file = MasterKeyFile(places.master_key_file)
    file.rotate()
    store.relock()
    file.drop_old()

    assert store.phones.find(ANN, clock.now).data_key == linked.data_key
    assert store.resume_by_link(link).data_key == linked.data_key


def test_a_person_known_in_two_ways_has_one_conversation(store, talk, clock):
    other = store.create("whatsapp")
    store.phones.link(talk.conversation_id, talk.data_key, Sender(ANN.number), clock.now)
    store.phones.link(other.conversation_id, other.data_key, Sender(None, ANN.user), clock.now)
    found = store.phones.find(ANN, clock.now)
    store.phones.heard(found, ANN, clock.now)

    assert store.phones.find(Sender(ANN.number), clock.now).conversation_id == found.conversation_id
    assert store.phones.find(Sender(None, ANN.user), clock.now).conversation_id == found.conversation_id
