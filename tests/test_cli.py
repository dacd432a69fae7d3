"""The command line: what it answers, and what it says when something is wrong."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import cli
from bot.core.errors import DatabaseDown
from bot.settings import Settings
from bot.store import masterkey, shares
from bot.store.store import Store
from bot.store.values import Created
from tests.store.builders import CHEAP, PAGE, shared

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data of its own for every test."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def command(monkeypatch: pytest.MonkeyPatch, trouble: type[BaseException]) -> None:
    """Let `shell` end in this trouble."""

    def ends() -> None:
        raise trouble("no luck")

    monkeypatch.setattr(cli, "COMMANDS", {"shell": (ends, "", {})})


def test_trouble_that_was_foreseen_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    command(monkeypatch, DatabaseDown)

    assert cli.main(["shell"]) == 1
    assert capsys.readouterr().err == "DatabaseDown: no luck\n"


def test_a_fault_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch):
    command(monkeypatch, ZeroDivisionError)

    with pytest.raises(ZeroDivisionError):
        cli.main(["shell"])


def test_ctrl_c_ends_a_command_without_a_traceback(monkeypatch: pytest.MonkeyPatch):
    command(monkeypatch, KeyboardInterrupt)

    assert cli.main(["shell"]) == 130


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("PORT", "many")

    assert cli.main(["serve"]) == 1
    assert "PORT: must be a whole number" in capsys.readouterr().err


def test_a_named_key_file_that_is_not_there_stops_the_start(
    own_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("bot.serving.configure", lambda: None)  # it sets up the log of the whole process
    monkeypatch.setenv("MASTER_KEY_FILE", str(own_data / "lost.key"))

    assert cli.main(["serve"]) == 1
    assert "MasterKeyMissing" in capsys.readouterr().err
    assert not (own_data / "lost.key").exists()


def test_expiring_says_how_many_were_erased(own_data: Path, capsys: pytest.CaptureFixture[str]):
    masterkey.create_for_first_try(own_data / "master.key")

    assert cli.main(["expire"]) == 0
    assert capsys.readouterr().out == "0 conversations erased\n"


def test_an_unknown_command_shows_the_known_ones(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        cli.main(["dance"])

    told = capsys.readouterr().err
    assert all(name in told for name in ("serve", "understand", "shell", "expire"))


def test_the_gateway_loads_no_rasa_and_no_tensorflow():
    heavy = "import sys, bot.serving; print({'rasa', 'rasa_sdk', 'tensorflow'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=True)

    assert loaded.stdout == "set()\n"


def test_rasa_in_the_engine_phones_nobody():
    asks = "import os, bot.engine; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    said = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout == "false\n"


@pytest.fixture
def talk(own_data: Path) -> Created:
    """A conversation in the folder that the commands work on."""
    masterkey.create_for_first_try(own_data / "master.key")
    store = Store.open(Settings.from_env({"DATA_DIR": str(own_data)}), scrypt_cost=CHEAP)
    made = store.create("web")
    store.close()
    return made


def opened(own_data: Path) -> Store:
    return Store.open(Settings.from_env({"DATA_DIR": str(own_data)}), scrypt_cost=CHEAP)


def test_keys_are_rotated_and_every_talk_still_opens(own_data: Path, talk: Created, capsys: pytest.CaptureFixture[str]):
    before = masterkey.read(own_data / "master.key").current

    assert cli.main(["keys", "rotate"]) == 0

    assert capsys.readouterr().out.startswith("2 keys locked by a new master key")
    assert masterkey.read(own_data / "master.key").current != before
    assert opened(own_data).unlock(talk.conversation_id, talk.token) == talk.data_key


def test_a_backup_is_restored_into_an_empty_database(
    own_data: Path, tmp_path: Path, talk: Created, monkeypatch: pytest.MonkeyPatch
):
    assert cli.main(["backup", str(tmp_path / "backup")]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")

    assert cli.main(["restore", str(tmp_path / "backup" / "voorgesprek-backup.db")]) == 0

    again = Store.open(Settings.from_env(dict(os.environ)), scrypt_cost=CHEAP)
    assert again.unlock(talk.conversation_id, talk.token) == talk.data_key


def test_a_backup_that_is_not_there_is_named(own_data: Path, talk: Created, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["restore", str(own_data / "nowhere.db")]) == 1
    assert "nowhere.db" in capsys.readouterr().err


def test_the_audit_is_told_as_json_lines(own_data: Path, talk: Created, capsys: pytest.CaptureFixture[str]):
    share = shared(opened(own_data), talk, shares.seal(PAGE, datetime.now(UTC) + timedelta(days=1), CHEAP))
    opened(own_data).open_share(share.share_id, share.code)

    assert cli.main(["audit", share.share_id]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == ["tried", "opened"]
    assert share.share_id not in str(lines)
