"""Nothing is kept longer than needed, and a wrong clock erases nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import ConversationUnknown, ShareClosed, TokenWrong
from bot.core.terms import Ends
from bot.store.store import Store
from bot.store.values import Expired
from tests.store.builders import CHEAP, NOON, a_change, a_share, rows, shared
from tests.store.processes import at_once, expire

DONE = Expired()


def days_pass(store, clock, days):
    """Lets the job run every hour, as `serve` does."""
    for _ in range(days):
        clock.moves(days=1)
        store.expire()


def test_a_conversation_goes_when_its_end_comes_with_keys_and_shares(store, talk, clock, places):
    shared(store, talk)
    days_pass(store, clock, 29)
    clock.moves(days=1)

    assert store.expire() == Expired(erased=1)

    assert rows(places.keyring_url)["keys"] == rows(places.keyring_url)["share_keys"] == []
    assert set(map(len, rows(places.database_url).values())) == {0}


def test_a_talk_whose_time_is_over_opens_for_nobody_also_before_the_job_has_run(store, talk, clock):
    clock.moves(hours=24)

    for way_in in (lambda: store.unlock(talk.conversation_id, talk.token), lambda: store.resume(talk.resume_code)):
        with pytest.raises(ConversationUnknown):
            way_in()


def test_a_word_keeps_a_conversation_longer(store, talk, clock):
    clock.moves(hours=23)
    store.commit(a_change(store, talk))
    clock.moves(hours=23)

    assert store.expire() == DONE
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_expiring_twice_does_no_harm(store, talk, clock):
    clock.moves(hours=25)

    assert (store.expire(), store.expire()) == (Expired(erased=1), DONE)


def test_a_word_said_while_expiring_saves_the_conversation(store, talk, clock):
    clock.moves(days=1)
    over = store._conversations.expired(clock.now)
    store.commit(a_change(store, talk))

    assert over == [talk.conversation_id]
    assert not store._conversations.erase_if_expired(talk.conversation_id, clock.now)
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key


@pytest.mark.slow
def test_the_job_may_run_on_several_machines_at_once(store, talk, clock, places):
    clock.moves(days=1)

    done = at_once(expire, places, clock.now, processes=3)

    assert sum(one.erased for one in done) == 1
    assert rows(places.keyring_url)["keys"] == []


def test_a_token_with_an_end_is_wrong_from_then_on_and_the_code_still_opens(store, talk, clock):
    store.commit(a_change(store, talk, ends=Ends(NOON + timedelta(days=30), NOON + timedelta(hours=24))))
    clock.moves(hours=24)

    with pytest.raises(TokenWrong):
        store.unlock(talk.conversation_id, talk.token)
    assert store.resume(talk.resume_code).data_key == talk.data_key


def test_a_clock_that_jumps_forward_erases_nobody_and_may_be_put_right(store, talk, clock):
    store.commit(a_change(store, talk))
    store.expire()
    clock.moves(days=4000)

    assert store.expire() == Expired(clock_jumped=True)
    clock.moves(days=-4000, hours=1)
    assert store.expire() == DONE
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_a_clock_that_stays_later_is_believed_after_a_day(store, talk, clock):
    store.expire()
    clock.moves(days=40)

    assert store.expire().clock_jumped
    clock.moves(hours=24)
    assert store.expire() == Expired(erased=1)


def test_a_page_past_its_end_loses_its_words_and_its_key(store, talk, clock, places):
    share = shared(store, talk, a_share(days=1))
    clock.moves(days=1)
    store.expire()

    assert [row["ciphertext"] for row in rows(places.database_url)["shares"]] == [None]
    assert rows(places.keyring_url)["share_keys"] == []
    with pytest.raises(ShareClosed):
        store.open_share(share.share_id, share.code)


def test_a_key_whose_talk_was_never_made_is_cleared_away(store, clock, places):
    store._keyring.add("alone", b"s" * 16, "t", store._keyring.stretch("1" * 16), clock.now)
    assert store.expire() == DONE  # it may be half way being made

    clock.moves(hours=2)

    assert store.expire() == Expired(orphans=1)
    assert rows(places.keyring_url)["keys"] == []


def test_a_pages_key_that_was_made_while_its_talk_was_erased_is_cleared_away(store, clock, places):
    store._keyring.shares.add("erased", [a_share()], clock.now)
    clock.moves(hours=2)

    store.expire()

    assert rows(places.keyring_url)["share_keys"] == []


def test_a_keyring_older_than_its_empty_database_waits_for_the_backup(store, talk, clock, places, tmp_path):
    file = store.backup(tmp_path / "backup")
    clock.moves(hours=2)
    lost = replace(places, database_url=f"sqlite:///{tmp_path}/empty.db")
    empty = Store.open(lost, clock, CHEAP)

    assert (empty.expire(), empty.expire()) == (DONE, DONE)
    assert empty.restore(file) == 1
    assert empty.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_a_talk_that_a_backup_put_back_without_its_key_is_cleared_away(store, talk, clock, places):
    store._keyring.forget(talk.conversation_id)
    clock.moves(hours=2)

    assert store.expire() == Expired(orphans=1)
    assert rows(places.database_url)["conversations"] == []


def test_an_erasing_that_was_cut_short_can_be_finished_by_its_person(store, talk, places):
    store._keyring.forget(talk.conversation_id)

    store.owns(talk.conversation_id, talk.token)
    store.erase(talk.conversation_id)

    assert rows(places.database_url)["conversations"] == []
