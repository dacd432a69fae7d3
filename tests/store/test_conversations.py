"""Conversations: made, opened, resumed and erased."""

import pytest

from bot.core.errors import ConversationUnknown, TokenWrong
from bot.store.crypto import SealBroken
from tests.store.builders import a_change, a_message, a_reply, rows, shared


def test_a_new_conversation_starts_empty_and_knows_its_resume_code(store, talk):
    stored = store.load(talk.conversation_id, talk.data_key)

    assert stored.version == 0
    assert stored.record["resumeCode"] == talk.resume_code
    assert stored.record["createdAt"] == "2025-11-03T12:00:00.000Z"
    assert store.messages(talk.conversation_id, talk.data_key) == []


def test_the_token_gives_the_data_key(store, talk):
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_another_token_gives_nothing(store, talk):
    with pytest.raises(TokenWrong):
        store.unlock(talk.conversation_id, store.create("web").token)


@pytest.mark.parametrize("odd", ["", "é", "\ud83d", "x" * 5000])
def test_an_odd_token_is_a_wrong_token(store, talk, odd):
    with pytest.raises(TokenWrong):
        store.unlock(talk.conversation_id, odd)


@pytest.mark.parametrize("odd", ["", "nobody", "\x00", "' OR 1=1 --", "x" * 5000])
def test_an_unknown_id_has_a_name(store, talk, odd):
    with pytest.raises(ConversationUnknown):
        store.unlock(odd, talk.token)


def test_the_resume_code_gives_the_same_key_and_a_new_token(store, talk):
    typed = " ".join(talk.resume_code[i : i + 4] for i in range(0, 16, 4))

    resumed = store.resume(typed)

    assert (resumed.conversation_id, resumed.data_key) == (talk.conversation_id, talk.data_key)
    assert store.unlock(talk.conversation_id, resumed.token) == talk.data_key


def test_resuming_ends_the_token_of_the_other_phone(store, talk):
    store.resume(talk.resume_code)

    with pytest.raises(TokenWrong):
        store.unlock(talk.conversation_id, talk.token)


def test_a_code_works_more_than_once(store, talk):
    store.resume(talk.resume_code)

    assert store.resume(talk.resume_code).data_key == talk.data_key


@pytest.mark.parametrize("code", ["", "1234", "0000 0000 0000 0000", "abcd", "\x00" * 16])
def test_an_unknown_code_opens_nothing(store, talk, code):
    with pytest.raises(ConversationUnknown):
        store.resume(code)


def test_another_conversations_key_opens_nothing(store, talk):
    with pytest.raises(SealBroken):
        store.load(talk.conversation_id, store.create("web").data_key)


def test_erasing_leaves_neither_row_nor_key(store, talk, places):
    shared(store, talk)
    store.commit(a_change(store, talk, messages=[a_message()], reply=a_reply()))

    store.erase(talk.conversation_id)

    assert set(map(len, rows(places.database_url).values())) == {0}
    assert rows(places.keyring_url)["keys"] == []


def test_erasing_one_leaves_the_other(store, talk):
    other = store.create("web")

    store.erase(talk.conversation_id)

    assert store.unlock(other.conversation_id, other.token) == other.data_key


def test_an_erased_conversation_is_unknown_in_every_call(store, talk):
    store.commit(a_change(store, talk, erase=True))
    store.erase(talk.conversation_id)

    for call in (
        lambda: store.unlock(talk.conversation_id, talk.token),
        lambda: store.resume(talk.resume_code),
        lambda: store.load(talk.conversation_id, talk.data_key),
    ):
        with pytest.raises(ConversationUnknown):
            call()
