"""`voorgesprek insight`: a table and a page of what was published, and a plain line while there is nothing."""

import csv
import random
from datetime import UTC, datetime

import pytest

from bot.publishing import PAGE, TABLE, publish
from bot.settings import Settings
from bot.store import masterkey
from bot.store.numbers import Counted
from bot.store.store import Store
from tests.store.builders import CHEAP, a_change

HERE = "gemeente Voorbeeld"
IN_OCTOBER, IN_JANUARY = datetime(2026, 10, 5, 12, tzinfo=UTC), datetime(2027, 1, 2, 12, tzinfo=UTC)
WISHES = [
    "goals_first=rest",
    "goals_first=home",
    "goals_need=trust",
    "money_wish=look_along",
    "topic:money",
    "topic:work",
]


@pytest.fixture
def settings(tmp_path) -> Settings:
    masterkey.create_for_first_try(tmp_path / "master.key")
    return Settings.from_env({"DATA_DIR": str(tmp_path)})


@pytest.fixture
def store(settings):
    opened = Store.open(settings, scrypt_cost=CHEAP)
    yield opened
    opened.close()


def counted(store: Store, people: int) -> None:
    """So many people who each chose a few things, always the same ones."""
    dice, talk = random.Random(7), store.create("web")
    for _ in range(people):
        chosen = {dice.choice(WISHES[:2]), *dice.sample(WISHES[2:], dice.randint(0, 3))}
        store.commit(a_change(store, talk, counted=Counted("2026-4", HERE, tuple(sorted(chosen)))))


def test_while_the_first_quarter_runs_a_plain_line_says_from_when_there_are_numbers(settings, store):
    counted(store, 60)
    told = publish(settings, store, clock=lambda: IN_OCTOBER)
    page = (settings.data_dir / "insight" / PAGE).read_text("utf-8")

    assert (
        told[-1] == "no numbers yet: oktober tot en met december 2026 still runs: its numbers are there from 2027-01-01"
    )
    assert "Er zijn nog geen cijfers." in page
    assert "vanaf 1 januari 2027" in page
    assert "Rust" not in page


def test_a_quarter_that_is_over_stands_in_the_table_and_on_the_page(settings, store, tmp_path):
    counted(store, 60)
    publish(settings, store, tmp_path / "out", clock=lambda: IN_JANUARY)
    with (tmp_path / "out" / TABLE).open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    page = (tmp_path / "out" / PAGE).read_text("utf-8")

    assert {row["aantal"] for row in rows if row["keuze"] == "Iedereen die ja zei"} == {"60"}
    assert all(int(row["aantal"]) % 5 == 0 and int(row["aantal"]) >= 10 for row in rows)
    assert any(row["samen_met_keuze"] for row in rows)
    assert "Oktober tot en met december 2026" in page
    assert "Ik wil graag dat iemand mij vertrouwt" in page
    assert "Wat vaak samen voorkomt" in page


def test_the_page_needs_nothing_beside_it(settings, store, tmp_path):
    counted(store, 60)
    publish(settings, store, tmp_path / "out", clock=lambda: IN_JANUARY)
    page = (tmp_path / "out" / PAGE).read_text("utf-8")

    assert not [part for part in ("http", "src=", "<script", "@import", "url(") if part in page]


def test_published_twice_is_the_same_twice(settings, store, tmp_path):
    counted(store, 60)
    publish(settings, store, tmp_path / "one", clock=lambda: IN_JANUARY)
    counted(store, 40)  # late: the quarter is fixed
    publish(settings, store, tmp_path / "two", clock=lambda: IN_JANUARY)

    assert (tmp_path / "one" / TABLE).read_bytes() == (tmp_path / "two" / TABLE).read_bytes()


def test_too_few_people_give_a_page_that_says_so(settings, store, tmp_path):
    counted(store, 9)
    publish(settings, store, tmp_path, clock=lambda: IN_JANUARY)

    assert "te weinig mensen ja" in (tmp_path / PAGE).read_text("utf-8")
