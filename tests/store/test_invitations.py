"""Invitations: opened by their card alone, taken by one living talk, gone when their time is over."""

from datetime import timedelta

import pytest

from bot.core.errors import InvitationPast, InvitationUnknown, InvitationUsed, InvitationWithdrawn, LostRace
from bot.core.terms import Ends
from tests.store.builders import INVITED, MEETING, a_change, rows


@pytest.fixture
def made(store):
    made = store.invitations.make(INVITED)
    store.invitations.keep([made])
    return made


def claims(store, talk, made):
    store.commit(a_change(store, talk, claims=made.invitation_id))


def test_the_card_opens_what_was_asked_for_with_the_code_for_its_contact_person(store, made):
    assert store.invitations.open(made.token) == {
        "invitationId": made.invitation_id,
        "contactName": "Karin de Boer",
        "contactEmail": "k.de.boer@gemeente.example",
        "meetingAt": "2025-11-20T10:30+01:00",
        "reference": "Z-2025-12",
        "openingCode": made.opening_code,
    }
    assert len(made.opening_code) == 6


def test_the_databases_hold_neither_token_nor_words_nor_code(store, made, places):
    everything = str([rows(url) for url in (places.database_url, places.keyring_url)])

    assert made.invitation_id in everything
    for secret in (made.token, made.opening_code, "Boer", "gemeente", "Z-2025"):
        assert secret not in everything


@pytest.mark.parametrize("token", ["", "nothing", "\ud83d", "x\x00", "x" * 5000])
def test_a_token_of_no_card_has_a_name(store, made, token):
    with pytest.raises(InvitationUnknown):
        store.invitations.open(token)


def test_looking_spends_nothing_and_the_first_yes_does(store, made, talk):
    store.invitations.open(made.token)
    store.invitations.open(made.token)
    claims(store, talk, made)

    with pytest.raises(InvitationUsed):
        store.invitations.open(made.token)
    with pytest.raises(InvitationUsed):
        store.invitations.open(made.token, store.create("web").conversation_id)
    assert store.invitations.open(made.token, talk.conversation_id)


def test_of_two_talks_the_second_loses_and_nothing_of_its_turn_is_kept(store, made, talk):
    other = store.create("web")
    claims(store, talk, made)

    with pytest.raises(LostRace):
        claims(store, other, made)

    assert store.load(other.conversation_id, other.data_key).version == 0
    assert not store.invitations.can_be_claimed(made.invitation_id, other.conversation_id)
    assert store.invitations.can_be_claimed(made.invitation_id, talk.conversation_id)


def test_a_talk_that_is_erased_frees_its_card(store, made, talk):
    claims(store, talk, made)
    store.erase(talk.conversation_id)

    assert store.invitations.open(made.token)


def test_a_talk_whose_time_is_over_frees_its_card(store, made, talk, clock):
    ends = Ends(clock() + timedelta(days=1))
    store.commit(a_change(store, talk, ends=ends, claims=made.invitation_id))
    store.expire()
    clock.moves(hours=24)
    store.expire()

    assert store.invitations.open(made.token)


def test_a_card_taken_back_opens_nothing_and_says_so(store, made, talk):
    store.invitations.withdraw(made.invitation_id)
    store.invitations.withdraw(made.invitation_id)

    with pytest.raises(InvitationWithdrawn):
        store.invitations.open(made.token)
    with pytest.raises(LostRace):
        claims(store, talk, made)


@pytest.mark.parametrize("invitation_id", ["", "nothing", "x\x00", "A" * 22])
def test_only_an_invitation_that_exists_is_taken_back(store, invitation_id):
    with pytest.raises(InvitationUnknown):
        store.invitations.withdraw(invitation_id)


def test_on_the_day_itself_the_card_works_and_the_day_after_it_says_that_it_is_past(store, made, clock):
    clock.now = MEETING.replace(hour=23, minute=59)
    assert store.invitations.open(made.token)

    clock.moves(minutes=1)
    with pytest.raises(InvitationPast):
        store.invitations.open(made.token)


def test_a_week_after_the_meeting_its_words_are_gone_and_later_all_of_it(store, made, clock, places):
    clock.now = MEETING + timedelta(days=8)
    store.invitations.forget_old(clock())
    (row,) = rows(places.database_url)["invitations"]
    assert row["sealed"] is None
    with pytest.raises(InvitationPast):
        store.invitations.open(made.token)

    clock.moves(days=90)
    store.invitations.forget_old(clock())
    with pytest.raises(InvitationUnknown):
        store.invitations.open(made.token)


def test_all_of_many_are_kept_or_none(store, made, places):
    many = [store.invitations.make(INVITED) for _ in range(3)]

    with pytest.raises(Exception, match=r"(?i)unique"):
        store.invitations.keep([*many, made])

    assert len(rows(places.database_url)["invitations"]) == 1
