"""Who opened a page and what came back: seen by the person, sealed for everybody else."""

import base64

import pytest

from bot.core.errors import CodeWrong, ShareClosed
from bot.store.readings import MOST_NAMES, Reader, Reading
from tests.store.builders import a_change, a_share, another_code, shared

JANSEN, BAKKER = Reader("J. Jansen", is_signed_on=True), Reader("A. Bakker")


@pytest.fixture
def share(store, talk):
    """A page that can be opened."""
    return shared(store, talk)


def opens(store, share, reader=None, **more):
    store.open_share(share.share_id, share.code, reading=Reading(reader, **more))


def seen(store, share):
    mine = {"shareId": share.share_id, "key": base64.b64encode(share.key).decode()}
    return store.shares.readings.of([mine])[share.share_id]


def test_nothing_is_known_of_a_page_that_nobody_opened(store, share):
    known = seen(store, share)

    assert {name for name, value in known.items() if value} == set()


def test_the_first_who_opened_it_stays_and_others_are_named_after(store, share):
    for reader in (JANSEN, BAKKER, JANSEN, None):
        opens(store, share, reader)

    known = seen(store, share)

    assert (known["openedBy"], known["openedHow"], known["openedLater"]) == ("J. Jansen", "signed_on", ["A. Bakker"])


def test_a_typed_name_is_told_from_one_of_the_sign_on(store, share):
    opens(store, share, BAKKER)

    assert seen(store, share)["openedHow"] == "typed"


def test_many_names_leave_a_short_list(store, share):
    for number in range(20):
        opens(store, share, Reader(f"Naam {number}"))

    assert len(seen(store, share)["openedLater"]) == MOST_NAMES - 1


def test_reading_is_told_once_and_the_last_line_counts(store, share, clock):
    opens(store, share, JANSEN, is_read=True, line="Tot dinsdag.")
    clock.moves(hours=1)
    opens(store, share, JANSEN, is_read=True, line="Tot woensdag.")
    opens(store, share, JANSEN, is_read=True)

    known = seen(store, share)

    assert (known["readAt"], known["readLine"]) == ("2025-11-03T12:00:00.000Z", "Tot woensdag.")
    assert (known["readBy"], known["news"]) == ("J. Jansen", 2)


def test_the_same_line_again_is_no_news(store, share):
    for _ in range(3):
        opens(store, share, JANSEN, is_read=True, line="Tot dinsdag.")

    assert seen(store, share)["news"] == 1


def test_a_wrong_code_notes_no_name(store, share):
    with pytest.raises(CodeWrong):
        store.open_share(share.share_id, another_code(share.code), reading=Reading(JANSEN, is_read=True))

    assert seen(store, share)["openedBy"] is None


def test_a_closed_page_cannot_be_read_and_what_was_read_stays_known(store, talk, share):
    opens(store, share, JANSEN)
    store.commit(a_change(store, talk, withdrawn=[share.share_id]))

    with pytest.raises(ShareClosed):
        opens(store, share, BAKKER, is_read=True)
    assert seen(store, share)["openedBy"] == "J. Jansen"


def test_reading_is_in_the_audit_without_a_name(store, share):
    opens(store, share, JANSEN, is_read=True)

    assert [entry["event"] for entry in store.audit(share.share_id)] == ["tried", "opened", "read"]
    assert "Jansen" not in str(list(store.audit()))


def test_the_key_of_another_page_opens_no_names(store, talk, share):
    opens(store, share, JANSEN)
    other = a_share()

    with pytest.raises(Exception, match="cannot open"):
        store.shares.readings.of([{"shareId": share.share_id, "key": base64.b64encode(other.key).decode()}])
