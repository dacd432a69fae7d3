"""The command line: what it answers, and what it says when something is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.core.errors import DatabaseDown

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

    monkeypatch.setattr(cli, "COMMANDS", {"shell": (ends, "")})


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
    from bot.store import masterkey

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
