"""Numbers for policy: counted with the yes or not at all, fixed once, and no row belongs to anybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.errors import LostRace
from bot.core.numbers import EVERYONE
from bot.store.numbers import Counted, Published
from bot.store.store import Store
from bot.store.tables import counts, published
from tests.store.builders import CHEAP, NOON, a_change, a_share, rows
from tests.store.processes import at_once, says_yes_ten_times

RUNNING, HERE = "2025-4", "gemeente Voorbeeld"  # the quarter of NOON
NEXT_QUARTER = NOON + timedelta(days=90)


def a_yes(*items, quarter=RUNNING):
    return Counted(quarter, HERE, items or ("goals_first=rest",))


def counted(places):
    return {(row["item"], row["beside"]): row["number"] for row in rows(places.database_url).get("counts", ())}


def many_say_yes(store, number=12, items=("goals_first=rest",)):
    for _ in range(number):
        store.commit(a_change(store, store.create("web"), counted=a_yes(*items)))


def test_a_yes_is_counted_with_its_turn(store, talk, places):
    store.commit(a_change(store, talk, counted=a_yes("a=1", "b=1")))

    assert counted(places) == {(EVERYONE, EVERYONE): 1, (EVERYONE, "a=1"): 1, (EVERYONE, "b=1"): 1, ("a=1", "b=1"): 1}


def test_a_turn_that_fails_or_loses_a_race_counts_nobody(store, talk, places):
    late, share = a_change(store, talk, counted=a_yes()), a_share()
    with pytest.raises(IntegrityError):
        store.commit(a_change(store, talk, counted=a_yes(), new_shares=[share, share]))
    store.commit(a_change(store, talk))
    with pytest.raises(LostRace):
        store.commit(late)

    assert counted(places) == {}


def test_erasing_the_talk_changes_no_number(store, talk, places):
    store.commit(a_change(store, talk, counted=a_yes()))
    store.erase(talk.conversation_id)

    assert counted(places)[EVERYONE, EVERYONE] == 1


def test_no_row_has_a_place_for_a_person_or_a_moment():
    assert [column.name for column in counts.columns] == ["quarter", "municipality", "item", "beside", "number"]
    assert [column.name for column in published.columns] == ["quarter", "municipality", "numbers"]


def test_nothing_is_published_while_the_quarter_runs(store):
    many_say_yes(store)
    store.numbers.close()

    assert store.numbers.published() == []


def test_a_quarter_that_is_over_is_published_and_its_exact_counts_are_gone(store, clock, places):
    many_say_yes(store, 22, ("goals_first=rest", "topic:work"))
    many_say_yes(store, 11, ("wellbeing_need=talk",))
    clock.now = NEXT_QUARTER
    store.numbers.close()

    shown = {("", "goals_first=rest"): 20, ("", "topic:work"): 20, ("", "wellbeing_need=talk"): 10}
    assert store.numbers.published() == [Published(RUNNING, HERE, {(EVERYONE, EVERYONE): 35, **shown})]
    assert counted(places) == {}


def test_a_yes_that_comes_after_its_quarter_was_fixed_changes_nothing(store, clock, places):
    many_say_yes(store, 12)
    clock.now = NEXT_QUARTER
    store.numbers.close()
    before = store.numbers.published()
    many_say_yes(store, 30)
    store.numbers.close()

    assert store.numbers.published() == before
    assert counted(places) == {}


def test_the_job_that_erases_fixes_what_is_over(store, clock):
    clock.now = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)
    many_say_yes(store)
    store.expire()
    assert store.numbers.published() == []
    clock.moves(hours=1)  # it is the new year in Amsterdam
    store.expire()

    assert [one.quarter for one in store.numbers.published()] == [RUNNING]


def test_a_backup_holds_what_was_published_and_no_running_counts(store, clock, tmp_path):
    many_say_yes(store)
    clock.now = NEXT_QUARTER
    store.numbers.close()
    store.commit(a_change(store, store.create("web"), counted=a_yes(quarter="2026-1")))

    kept = rows(f"sqlite:///{store.backup(tmp_path / 'backup')}")
    assert kept["counts"] == []
    assert [row["quarter"] for row in kept["published"]] == [RUNNING]


def test_of_many_who_say_yes_at_once_none_is_lost(store, places):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: many_say_yes(store, 5, ("a=1", "b=1")), range(4)))

    assert set(counted(places).values()) == {20}


@pytest.mark.slow
def test_of_many_who_say_yes_in_two_processes_none_is_lost(places):
    Store.open(places, scrypt_cost=CHEAP).close()
    at_once(says_yes_ten_times, places)

    assert set(counted(places).values()) == {20}
