"""Who or what opened which share when: only added to, and without content."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.core.errors import CodeWrong
from bot.store import audit
from bot.store.retention import AUDIT
from tests.store.builders import a_change, another_code, rows, shared


def events(store, share=None):
    return [line["event"] for line in store.audit(share and share.share_id)]


def change(places, statement):
    engine = create_engine(places.database_url, future=True)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_every_try_opening_and_closing_is_noted(store, talk):
    share, other = shared(store, talk), shared(store, talk)
    with pytest.raises(CodeWrong):
        store.open_share(share.share_id, another_code(share.code), address="10.0.0.1")
    store.open_share(share.share_id, share.code, address="10.0.0.1")
    store.open_share(other.share_id, other.code)
    store.commit(a_change(store, talk, withdrawn=[share.share_id]))

    assert events(store, share) == ["tried", "tried", "opened", "withdrawn"]
    assert len(events(store)) == 6


def test_an_address_is_told_apart_but_not_told(store, talk):
    share = shared(store, talk)
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.1"):
        store.open_share(share.share_id, share.code, address=address)

    first, second, third = [line["actor"] for line in store.audit() if line["event"] == "opened"]
    assert first == third != second
    assert "10.0.0" not in first


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
def test_nobody_changes_or_deletes_what_was_noted(store, places, statement):
    with store._database.writing() as connection:
        audit.note(connection, audit.OPENED, b"share", audit.UNKNOWN, datetime.now(UTC) - timedelta(days=300))

    with pytest.raises(DBAPIError, match="append-only"):
        change(places, statement)

    assert len(rows(places.database_url)["audit"]) == 1


def test_a_note_goes_when_nobody_can_complain_about_it_any_more(store, clock):
    with store._database.writing() as connection:
        audit.note(connection, audit.OPENED, b"share", audit.UNKNOWN, clock.now - AUDIT)

    store.expire()

    assert events(store) == []
