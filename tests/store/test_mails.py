"""E-mails to contact persons: kept with their share, taken by one process at a time, gone with what they tell of."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.store.retention import MAIL_LEASE
from bot.store.values import Mail
from tests.store.builders import a_change, a_share, another_code, rows


@pytest.fixture
def share(store, talk):
    """A page of seven days of which an e-mail must tell."""
    made = a_share(days=7)
    mail = Mail(made.share_id, "j.jansen@gemeente.example", "Z-12")
    store.commit(a_change(store, talk, new_shares=[made], mails=[mail]))
    return made


def test_a_mail_is_taken_with_its_address_and_the_mark_of_the_case(store, share):
    mail = store.mails.take()

    assert (mail.share_id, mail.to, mail.reference) == (share.share_id, "j.jansen@gemeente.example", "Z-12")
    assert mail.to not in repr(mail)


def test_what_one_process_has_in_hand_another_does_not_get(store, share):
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.mails.take(), range(8)))

    assert len([mail for mail in taken if mail]) == 1


def test_a_mail_whose_process_died_is_taken_again(store, share, clock):
    store.mails.take()
    clock.moves(seconds=MAIL_LEASE.total_seconds())

    assert store.mails.take().share_id == share.share_id


def test_a_mail_that_was_sent_is_gone_and_the_moment_is_noted(store, talk, share, places):
    store.mails.sent(store.mails.take())

    assert rows(places.database_url)["mails"] == []
    assert rows(places.database_url)["shares"][0]["mailed_at"]


def test_who_comes_back_too_late_does_not_touch_what_another_has_in_hand(store, share, clock, places):
    late = store.mails.take()
    clock.moves(seconds=MAIL_LEASE.total_seconds())
    mine = store.mails.take()

    store.mails.postpone(late, clock())
    store.mails.sent(late)

    assert rows(places.database_url)["mails"][0]["tries"] == 0
    store.mails.sent(mine)
    assert rows(places.database_url)["mails"] == []


def test_a_mail_that_failed_waits_and_counts_its_tries(store, share, clock):
    store.mails.postpone(store.mails.take(), clock() + timedelta(minutes=5))
    assert store.mails.take() is None

    clock.moves(minutes=5)

    assert store.mails.take().tries == 1


def test_it_is_tried_until_the_page_closes_by_itself(store, share, clock):
    clock.moves(days=6, hours=23)
    mail = store.mails.take()
    store.mails.postpone(mail, clock())

    clock.moves(hours=1)

    assert store.mails.take() is None


def test_of_a_page_that_is_withdrawn_nothing_is_told(store, talk, share, places):
    store.commit(a_change(store, talk, withdrawn=[share.share_id]))

    assert store.mails.take() is None
    assert rows(places.database_url)["mails"] == []


def test_erasing_the_talk_takes_its_mail_along(store, talk, share, places):
    store.erase(talk.conversation_id)

    assert rows(places.database_url)["mails"] == []


def test_a_page_whose_time_is_over_takes_its_mail_along(store, share, clock, places):
    clock.moves(days=7)
    store.expire()
    clock.moves(hours=25)
    store.expire()

    assert rows(places.database_url)["mails"] == []


def test_a_page_that_was_guessed_shut_takes_its_mail_along(store, share, clock, places):
    for tried in range(25):
        clock.moves(minutes=0 if tried % 5 else 15)
        with pytest.raises(Exception, match="wrong in all"):
            store.open_share(share.share_id, another_code(share.code))

    assert rows(places.database_url)["mails"] == []


def test_a_change_that_is_not_kept_leaves_no_mail(store, talk, places):
    change = a_change(store, talk, mails=[Mail(a_share().share_id, "a@b.example")])
    store.commit(a_change(store, talk))

    with pytest.raises(Exception, match=talk.conversation_id):
        store.commit(change)

    assert rows(places.database_url)["mails"] == []
