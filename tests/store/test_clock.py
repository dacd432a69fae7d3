"""A clock that jumps, forwards or back, loses no words and locks nobody out for long."""

import pytest

from bot.core.errors import CodeWrong, ShareLocked
from bot.store.store import Store
from bot.store.values import Created
from tests.store.builders import Clock, a_change, a_message, another_code, shared

A_DAY_EITHER_WAY = pytest.mark.parametrize("days", [-1, 1])


@A_DAY_EITHER_WAY
def test_turns_go_on_and_keep_their_order(store: Store, talk: Created, clock: Clock, days: int):
    store.commit(a_change(store, talk, messages=[a_message("een")]))

    clock.moves(days=days)
    store.commit(a_change(store, talk, messages=[a_message("twee")]))

    said = [message["text"] for message in store.messages(talk.conversation_id, talk.data_key)]
    assert said == ["een", "twee"]


def test_a_clock_set_back_locks_a_page_for_no_longer_than_a_quarter_of_an_hour(store, talk, clock):
    share = shared(store, talk)
    clock.moves(days=3)
    for _ in range(5):
        with pytest.raises(CodeWrong):
            store.open_share(share.share_id, another_code(share.code))
    with pytest.raises(ShareLocked):
        store.open_share(share.share_id, share.code)

    clock.moves(days=-3)

    assert store.open_share(share.share_id, share.code)["sections"]


def test_a_clock_set_back_erases_nothing(store: Store, talk: Created, clock: Clock):
    clock.moves(days=-400)

    store.expire()

    assert store.load(talk.conversation_id, talk.data_key).version == 0
