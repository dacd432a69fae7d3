"""Of some eighty secrets that went in by every door, none is found in anything that the bot leaves behind."""

from pathlib import Path

import pytest

from tests.secrets.canaries import Canaries, written
from tests.secrets.conftest import Haul
from tests.secrets.searching import Search
from tests.served import ROOT

pytestmark = pytest.mark.slow
WRITINGS = [name for name, _ in written("ë")]


def test_nothing_of_any_secret_is_found(haul: Haul, record_testsuite_property):
    record_testsuite_property("secrets", len(haul.planted.secrets.words) + len(haul.planted.secrets.others))
    record_testsuite_property("searched", dict(haul.search.bytes))
    record_testsuite_property("seconds", haul.seconds)

    assert haul.search.found == []


def test_more_than_forty_secrets_were_planted(haul: Haul):
    assert len(haul.planted.secrets.words) >= 40
    assert len(haul.planted.secrets.others) == 12


def test_every_place_was_searched(haul: Haul):
    places = {"*", "log", "backup", "answers to others", "rows"}
    on_sqlite, on_postgresql = {"*.db", "*-wal", "*-shm"}, {"pg_wal", "PostgreSQL's log", "PostgreSQL's folder"}

    searched = {place for place, size in haul.search.bytes.items() if size}

    assert places <= searched
    assert on_sqlite <= searched or on_postgresql <= searched


def test_what_was_left_in_clear_on_purpose_is_found(haul: Haul):
    on_postgresql = {"pg_wal", "PostgreSQL's log", "PostgreSQL's folder"} & set(haul.search.bytes)

    found = {hit.place for hit in haul.control.found if hit.secrets == ["control"]}

    assert found == {"control"} | on_postgresql


def test_no_temporary_file_is_made_while_people_talk(haul: Haul):
    assert not haul.planted.made_temporary


def test_a_crash_of_the_engine_leaves_no_memory_behind(haul: Haul):
    assert haul.planted.core_limit.split()[-3:] == ["0", "0", "bytes"]
    assert not [*ROOT.glob("core"), *ROOT.glob("core.*")]


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_secret_is_found_in_whatever_way_it_is_written(tmp_path: Path, writing: str):
    secrets = Canaries("planted")
    text = dict(written(secrets.word("planted")))[writing]
    (tmp_path / "file").write_bytes(b"\x00\xff before " + text + b" after \xff")

    search = Search(secrets)
    search.files("here", tmp_path)

    assert search.found
    assert all(hit.secrets == ["planted"] for hit in search.found)


def test_where_no_secret_stands_none_is_found(tmp_path: Path):
    secrets, other = Canaries("planted"), Canaries("other")
    secrets.word("planted")
    (tmp_path / "file").write_bytes(b"\n".join(data for _, data in written(other.word("other"))))

    search = Search(secrets)
    search.files("here", tmp_path)

    assert (search.found, search.bytes["here"] > 500) == ([], True)
