"""Nothing is kept longer than needed."""

import pytest

from bot.core.errors import ConversationUnknown
from tests.store.builders import a_change, rows, shared


def test_a_conversation_goes_thirty_days_after_its_last_word(store, talk, clock, places):
    shared(store, talk)
    clock.moves(days=30)

    assert store.expire() == 1

    assert rows(places.keyring_url)["keys"] == []
    assert set(map(len, rows(places.database_url).values())) == {0}


def test_a_word_keeps_a_conversation_for_thirty_days_more(store, talk, clock):
    clock.moves(days=29)
    store.commit(a_change(store, talk))
    clock.moves(days=29)

    assert store.expire() == 0
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_expiring_twice_does_no_harm(store, talk, clock):
    clock.moves(days=31)

    assert (store.expire(), store.expire()) == (1, 0)
    with pytest.raises(ConversationUnknown):
        store.unlock(talk.conversation_id, talk.token)


def test_a_word_said_while_expiring_saves_the_conversation(store, talk, clock):
    clock.moves(days=30)
    over = store._conversations.expired(clock.now)
    store.commit(a_change(store, talk))

    assert over == [talk.conversation_id]
    assert not store._conversations.erase_if_expired(talk.conversation_id, clock.now)
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key
