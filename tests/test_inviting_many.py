"""A list of meetings gives all its cards, or none and every fault by its line."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import cli, inviting_many
from bot.core.errors import DatabaseDown, InvitationWrong
from bot.inviting_many import invite_many
from bot.settings import Settings
from bot.store import masterkey
from bot.store.store import Store
from tests.store.builders import CHEAP, rows

DAY = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
HEAD = "contactName,contactEmail,meetingAt,reference"
RIGHT = f"Karin de Boer,k@gemeente.example,{DAY}T10:30,Z-2026-1"


@pytest.fixture
def settings(tmp_path) -> Settings:
    masterkey.create_for_first_try(tmp_path / "var" / "master.key")
    return Settings.from_env({"DATA_DIR": str(tmp_path / "var"), "PUBLIC_URL": "https://voorgesprek.example"})


@pytest.fixture
def store(settings):
    opened = Store.open(settings, scrypt_cost=CHEAP)
    yield opened
    opened.close()


@pytest.fixture
def make(settings, store, tmp_path):
    """Makes the cards of a list."""

    def run(*lines: str, encoding: str = "utf-8", end: str = "\n") -> int:
        (tmp_path / "list.csv").write_bytes(end.join(lines).encode(encoding))
        return invite_many(settings, store, tmp_path / "list.csv", tmp_path / "out")

    return run


def made(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "out" / "kaarten.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def refused(make, *lines: str) -> str:
    with pytest.raises(InvitationWrong) as told:
        make(*lines)
    return str(told.value)


def test_a_list_gives_its_cards_and_what_belongs_to_each(make, store, tmp_path):
    count = make(HEAD, RIGHT, RIGHT.replace("Z-2026-1", "Z-2026-2"))
    listed = made(tmp_path)

    assert (count, [one["reference"] for one in listed]) == (2, ["Z-2026-1", "Z-2026-2"])
    for one in listed:
        opened = store.invitations.open(one["url"].partition("#uitnodiging=")[2])
        assert (opened["invitationId"], opened["openingCode"]) == (one["invitationId"], one["openingCode"])
        assert one["openingCode"][0] != "0"
    pdf = (tmp_path / "out" / "kaarten.pdf").read_bytes()
    assert pdf.count(b"/Type /Page\n") == 2


def test_nobody_else_may_read_the_files(make, tmp_path):
    make(HEAD, RIGHT)

    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "out").iterdir()] == [0, 0]


@pytest.mark.parametrize(("encoding", "end"), [("utf-8-sig", "\r\n"), ("utf-8", "\n")])
@pytest.mark.parametrize("between", [",", ";"])
def test_a_list_is_read_as_spreadsheets_write_it(make, encoding, end, between):
    rows = [line.replace(",", between) for line in (HEAD, RIGHT.replace("Boer", "Böër"), "", RIGHT, "")]

    assert make(*rows, encoding=encoding, end=end) == 2


def test_the_order_of_the_columns_does_not_matter_and_others_are_let_alone(make):
    assert make("x,reference,meetingAt,contactEmail,contactName", f"y,Z-1,{DAY}T10:30,k@g.example,Karin") == 1


def test_every_fault_is_told_by_its_line_and_nothing_of_it_is_repeated(make, store, settings, tmp_path):
    told = refused(make, HEAD, RIGHT, "Jan Jansen,jan.jansen,2020-01-01,123456782", RIGHT, "Karin")

    assert [line.partition(":")[0] for line in told.splitlines()[1:]] == [
        *(f"line 3, {field}" for field in ("contactEmail", "meetingAt", "reference")),
        *(f"line 5, {field}" for field in ("contactEmail", "meetingAt", "reference")),
    ]
    assert not any(secret in told for secret in ("ansen", "123456782", "2020"))
    assert rows(settings.database_url)["invitations"] == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((), "contactName"),
        (("contactName;contactEmail", "Karin;k@g.example"), "meetingAt, reference"),
        ((HEAD,), "no row"),
        ((HEAD, '"Karin'), "line 2"),
        ((HEAD, f'"Karin"x,k@g.example,{DAY}T10:30,Z-1'), "line 2"),
        ((HEAD, "x" * 200_000), "line 2"),
    ],
)
def test_what_is_no_list_is_said_in_one_line(make, lines, told):
    assert told in refused(make, *lines)


def test_a_list_in_another_encoding_is_said_in_one_line(make):
    with pytest.raises(InvitationWrong, match="UTF-8"):
        make(HEAD, RIGHT.replace("Boer", "Böer"), encoding="latin-1")


def test_cards_that_are_there_are_never_written_over(make, tmp_path):
    make(HEAD, RIGHT)
    before = made(tmp_path)

    assert "already" in refused(make, HEAD, RIGHT)
    assert made(tmp_path) == before


def test_when_the_database_is_down_no_card_lies_in_the_folder(make, store, tmp_path, monkeypatch):
    def fails(_: object) -> None:
        raise DatabaseDown("away")

    monkeypatch.setattr(store.invitations, "keep", fails)

    with pytest.raises(DatabaseDown):
        make(HEAD, RIGHT)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
def test_ten_thousand_rows_with_broken_ones_among_them_tell_all_of_those(make):
    lines = [RIGHT] * 10_000
    broken = [7, 5000, 9998]
    for at in broken:
        lines[at] = "Karin,x,y,z"

    told = refused(make, HEAD, *lines).splitlines()[1:]

    assert {line.partition(",")[0] for line in told} == {f"line {at + 2}" for at in broken}


def test_a_list_that_is_too_long_is_refused_whole(make, monkeypatch):
    monkeypatch.setattr(inviting_many, "MOST", 2)

    assert "more than 2 rows" in refused(make, HEAD, *[RIGHT] * 3)


def test_two_fitting_halves_are_needed_on_the_command_line(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    (tmp_path / "list.csv").write_text(f"{HEAD}\n{RIGHT}\n")
    csv_only = ["invite", "--csv", str(tmp_path / "list.csv")]

    assert cli.main(csv_only) == 1
    assert cli.main(["invite", "31611111111", *csv_only[1:], "--out", str(tmp_path / "out")]) == 1
    assert cli.main(["invite"]) == 1
    assert cli.main([*csv_only, "--out", str(tmp_path / "out")]) == 0
    assert "1 cards" in capsys.readouterr().out
    assert (tmp_path / "out" / inviting_many.CARDS).exists()
