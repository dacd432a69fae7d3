"""A turn is saved whole or not at all, once, and never over another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.errors import ConversationUnknown, LostRace
from tests.store.builders import a_change, a_message, a_reply, a_share, commit_until_it_holds
from tests.store.processes import at_once, take_ten_turns


def test_a_commit_saves_record_messages_and_version(store, talk):
    store.commit(a_change(store, talk, record={"seq": 1}, messages=[a_message("Hallo"), a_message("Dag")]))

    stored = store.load(talk.conversation_id, talk.data_key)
    assert (stored.version, stored.record) == (1, {"seq": 1})
    assert [m["text"] for m in store.messages(talk.conversation_id, talk.data_key)] == ["Hallo", "Dag"]


def test_the_second_of_two_turns_loses_the_race_and_changes_nothing(store, talk):
    first, second = a_change(store, talk, record={"who": "first"}), a_change(store, talk, messages=[a_message()])
    store.commit(first)

    with pytest.raises(LostRace):
        store.commit(second)

    assert store.load(talk.conversation_id, talk.data_key).record == {"who": "first"}
    assert store.messages(talk.conversation_id, talk.data_key) == []


def test_erasing_wins_from_a_turn_that_was_under_way(store, talk):
    change = a_change(store, talk, messages=[a_message()])
    store.erase(talk.conversation_id)

    with pytest.raises(ConversationUnknown):
        store.commit(change)


def test_a_commit_that_fails_half_way_leaves_nothing(store, talk):
    share = a_share()

    with pytest.raises(IntegrityError):
        store.commit(a_change(store, talk, messages=[a_message()], new_shares=[share, share]))

    assert store.load(talk.conversation_id, talk.data_key).version == 0
    assert store.messages(talk.conversation_id, talk.data_key) == []


def test_a_repeated_message_id_finds_the_first_reply(store, talk):
    store.commit(a_change(store, talk, reply=a_reply("m1", "of hallo")))

    assert store.reply(talk.conversation_id, talk.data_key, "m1") == a_reply("m1", "of hallo")
    assert store.reply(talk.conversation_id, talk.data_key, "m2") is None


def test_a_message_id_of_another_conversation_finds_nothing(store, talk):
    other = store.create("web")
    store.commit(a_change(store, talk, reply=a_reply("m1")))

    assert store.reply(other.conversation_id, other.data_key, "m1") is None


def test_only_the_last_fifty_messages_and_replies_are_kept(store, talk):
    for number in range(30):
        words = [a_message(f"{number}a"), a_message(f"{number}b")]
        store.commit(a_change(store, talk, messages=words, reply=a_reply(f"m{number}")))
    kept = store.messages(talk.conversation_id, talk.data_key, last=1000)

    assert [m["text"] for m in kept][:1] + [m["text"] for m in kept][-1:] == ["5a", "29b"]
    assert store.reply(talk.conversation_id, talk.data_key, "m0") is not None


def test_an_old_reply_is_let_go(store, talk):
    for number in range(51):
        store.commit(a_change(store, talk, reply=a_reply(f"m{number}")))

    assert store.reply(talk.conversation_id, talk.data_key, "m0") is None
    assert store.reply(talk.conversation_id, talk.data_key, "m1") is not None


def test_fewer_messages_may_be_asked_for(store, talk):
    store.commit(a_change(store, talk, messages=[a_message(word) for word in "abc"]))

    assert [m["text"] for m in store.messages(talk.conversation_id, talk.data_key, last=2)] == ["b", "c"]


def test_threads_take_turns_and_lose_none(store, talk):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: commit_until_it_holds(store, talk), range(20)))

    assert store.load(talk.conversation_id, talk.data_key).version == 20
    assert len(store.messages(talk.conversation_id, talk.data_key)) == 20


@pytest.mark.slow
def test_processes_take_turns_and_lose_none(store, talk, places):
    at_once(take_ten_turns, places, talk)

    assert store.load(talk.conversation_id, talk.data_key).version == 20
