"""A yes to being counted counts once, with the trained bot as well; a no counts nothing."""

import pytest
from sqlalchemy import select

from bot.core.numbers import EVERYONE
from bot.store.store import Store
from bot.store.tables import counts
from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(begun: Person) -> Person:
    """Somebody who is asked whether their choices may be counted."""
    begun.taps(
        "bad", "home", "rest", "continue", "home", "less_worry", "time", "talk", "goal", "past", "alone", "office"
    )
    return begun.taps("continue", "share_no")


def everyone(store: Store) -> int:
    """How many were counted so far; other tests of this session may count too."""
    of_all = (counts.c.item == EVERYONE) & (counts.c.beside == EVERYONE)
    with store._database.reading() as connection:
        return sum(connection.execute(select(counts.c.number).where(of_all)).scalars())


def test_a_yes_counts_once_however_often_it_is_said(asked: Person, store: Store):
    before = everyone(store)
    asked.taps("numbers_yes", "numbers_yes", "back", "numbers_yes", "summary", "continue")

    assert everyone(store) == before + 1
    assert asked.asked == "share"


@pytest.mark.parametrize("no", ["numbers_no", "skip"])
def test_a_no_and_a_skip_count_nothing_and_are_not_asked_again(asked: Person, store: Store, no: str):
    before = everyone(store)
    asked.taps(no, "numbers_yes")

    assert everyone(store) == before
    assert asked.asked == "end"


def test_both_can_be_typed(asked: Person, store: Store):
    before = everyone(store)
    asked.types("nee liever niet")

    assert (asked.asked, everyone(store)) == ("end", before)
