"""Shared pages: opened by link and code, closed by their person, by time and by guessing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import CodeWrong, ShareClosed, ShareLocked, ShareUnknown
from tests.store.builders import NOON, PAGE, a_change, a_share, another_code, renewed, rows, shared


def guess(store, share, times=1):
    for _ in range(times):
        with pytest.raises(CodeWrong):
            store.open_share(share.share_id, another_code(share.code))


def guess_slowly(store, share, clock, times):
    for done in range(times):
        clock.moves(minutes=0 if done % 5 else 15)
        guess(store, share)


def state(store, share):
    return store.shares.states([share.share_id])[share.share_id]


def test_link_and_code_open_the_page(store, talk):
    share = shared(store, talk)

    assert store.open_share(share.share_id, f"{share.code[:3]} {share.code[3:]}") == PAGE


def test_the_first_opening_is_noted_and_stays(store, talk, clock):
    share = shared(store, talk)
    assert state(store, share) == {"openedAt": None, "withdrawnAt": None, "wrongCodes": 0}

    store.open_share(share.share_id, share.code)
    clock.moves(days=1)
    store.open_share(share.share_id, share.code)

    assert state(store, share) == {"openedAt": "2025-11-03T12:00:00.000Z", "withdrawnAt": None, "wrongCodes": 0}


@pytest.mark.parametrize("share_id", ["", "nothing", "\ud83d", "x" * 5000])
def test_an_unknown_link_has_a_name(store, talk, share_id):
    with pytest.raises(ShareUnknown):
        store.open_share(share_id, "123456")


def test_states_of_unknown_shares_are_left_out(store):
    assert store.shares.states(["nothing"]) == {}
    assert store.shares.states([]) == {}


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "\ud83d", "9" * 5000])
def test_an_odd_code_is_a_wrong_code(store, talk, code):
    with pytest.raises(CodeWrong):
        store.open_share(shared(store, talk).share_id, code)


def test_five_wrong_codes_lock_the_page_even_for_the_right_one(store, talk, clock):
    share = shared(store, talk)
    guess(store, share, times=5)
    clock.moves(minutes=5)

    with pytest.raises(ShareLocked) as locked:
        store.open_share(share.share_id, share.code)

    assert locked.value.retry_after == 600


def test_after_a_quarter_of_an_hour_the_right_code_opens_again(store, talk, clock):
    share = shared(store, talk)
    guess(store, share, times=5)
    clock.moves(minutes=15)

    assert store.open_share(share.share_id, share.code) == PAGE
    assert state(store, share)["wrongCodes"] == 5


def test_a_right_code_starts_the_row_of_wrong_ones_anew(store, talk):
    share = shared(store, talk)
    for _ in range(2):
        guess(store, share, times=4)
        store.open_share(share.share_id, share.code)

    assert state(store, share)["wrongCodes"] == 8


def test_twenty_five_wrong_codes_close_the_page_for_good(store, talk, clock):
    share = shared(store, talk)
    for _ in range(5):
        guess(store, share, times=5)
        clock.moves(minutes=15)

    with pytest.raises(ShareClosed):
        store.open_share(share.share_id, share.code)


def test_a_page_closed_by_wrong_codes_loses_its_words_and_its_key(store, talk, clock, places):
    share = shared(store, talk)
    guess_slowly(store, share, clock, times=25)

    assert [row["ciphertext"] for row in rows(places.database_url)["shares"]] == [None]
    assert rows(places.keyring_url)["share_keys"] == []


def test_fifty_wrong_codes_over_all_pages_of_a_talk_close_the_one_that_is_guessed_at(store, talk, clock):
    first, second, third = (shared(store, talk) for _ in range(3))
    for share, times in ((first, 20), (second, 20), (third, 9)):
        guess_slowly(store, share, clock, times)
    store.open_share(third.share_id, third.code)

    guess(store, third)

    with pytest.raises(ShareClosed):
        store.open_share(third.share_id, third.code)


def test_guesses_made_at_once_get_no_more_tries(store, talk):
    share = shared(store, talk)

    def one_guess(_):
        try:
            store.open_share(share.share_id, another_code(share.code))
        except (CodeWrong, ShareLocked) as trouble:
            return type(trouble)

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(one_guess, range(12)))

    assert outcomes.count(CodeWrong) == 5
    assert outcomes.count(ShareLocked) == 7


def test_a_locked_page_hinders_its_person_in_nothing(store, talk):
    share = shared(store, talk)
    guess(store, share, times=5)

    store.commit(a_change(store, talk, withdrawn=[share.share_id]))

    assert state(store, share)["withdrawnAt"] == "2025-11-03T12:00:00.000Z"


def test_a_withdrawn_page_is_closed_and_its_words_are_gone(store, talk, places):
    share = shared(store, talk)

    store.commit(a_change(store, talk, withdrawn=[share.share_id]))

    with pytest.raises(ShareClosed):
        store.open_share(share.share_id, share.code)
    assert [row["ciphertext"] for row in rows(places.database_url)["shares"]] == [None]


def test_a_page_closes_at_its_end_and_stays_closed_after_cleaning(store, talk, clock):
    share = shared(store, talk, a_share(days=7))
    clock.moves(days=7)

    for clean in (lambda: None, store.expire):
        clean()
        with pytest.raises(ShareClosed):
            store.open_share(share.share_id, share.code)


def test_a_renewed_page_opens_with_the_same_link_and_code(store, talk):
    share = shared(store, talk)
    newer = {**PAGE, "sections": []}

    store.commit(a_change(store, talk, renewed=[renewed(share, newer)]))

    assert store.open_share(share.share_id, share.code) == newer


def test_a_withdrawn_page_cannot_be_renewed(store, talk, places):
    share = shared(store, talk)

    store.commit(a_change(store, talk, withdrawn=[share.share_id]))
    store.commit(a_change(store, talk, renewed=[renewed(share)]))

    assert [row["ciphertext"] for row in rows(places.database_url)["shares"]] == [None]


def test_nobody_can_withdraw_or_renew_the_page_of_another(store, talk):
    share, other = shared(store, talk), store.create("web")

    store.commit(
        a_change(store, other, withdrawn=[share.share_id], renewed=[replace(renewed(share), ciphertext=b"junk")])
    )

    assert store.open_share(share.share_id, share.code) == PAGE


def test_erasing_takes_the_shared_pages_along(store, talk):
    share = shared(store, talk)

    store.erase(talk.conversation_id)

    with pytest.raises(ShareUnknown):
        store.open_share(share.share_id, share.code)


def test_a_page_put_back_by_a_backup_stays_unknown_once_its_key_is_gone(store, talk):
    share = shared(store, talk)

    store._keyring.forget(talk.conversation_id)  # as after restoring a database from before the erasing

    with pytest.raises(ShareUnknown):
        store.open_share(share.share_id, share.code)


def test_a_sealed_share_shows_no_code_or_key_in_a_log():
    share = a_share()

    assert share.code not in repr(share)
    assert "key" not in repr(share)
    assert share.expires_at == NOON + timedelta(days=30)


def test_pages_that_were_guessed_shut_do_not_count_against_a_new_one(store, talk, clock):
    for _ in range(2):
        shut = shared(store, talk)
        for _ in range(5):
            guess(store, shut, times=5)
            clock.moves(minutes=15)
    fresh = shared(store, talk)

    guess(store, fresh)

    assert store.open_share(fresh.share_id, fresh.code) == PAGE
