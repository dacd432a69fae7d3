"""`voorgesprek whatsapp-phone`, as somebody starts it who set nothing yet."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import WHATSAPP, Settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "bot.cli", "whatsapp-phone", "--port")
LINE = re.compile(r"  export (\w+)=(\S+)")


@pytest.fixture
def port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture
def started(port: str, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """The process, and the lines that it says."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("WHATSAPP")}
    process = subprocess.Popen([*COMMAND, port], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if "A toy for the desk" in line:
            break
    yield process, lines
    process.terminate()
    process.wait(30)


def test_it_makes_up_settings_that_the_bot_can_start_with(started, port: str):
    _, lines = started
    exports = dict(found.groups() for line in lines if (found := LINE.fullmatch(line)))

    settings = Settings.from_env(exports).whatsapp

    assert settings.graph_url == f"http://127.0.0.1:{port}"
    assert {exports[name] for name in WHATSAPP} == {
        settings.verify_token,
        settings.app_secret,
        settings.access_token,
        settings.phone_number_id,
    }
    assert "  make start" in lines


def test_it_shows_its_page_and_ends_cleanly(started, port: str):
    process, _ = started

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
        assert "speelgoed" in page.read().decode()
    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 0


def test_half_of_the_settings_are_not_enough():
    env = os.environ | {"WHATSAPP_APP_SECRET": "only this one"}
    ended = subprocess.run([*COMMAND, "0"], cwd=ROOT, env=env, capture_output=True, text=True)

    assert ended.returncode == 1
    assert "WHATSAPP_VERIFY_TOKEN: is missing" in ended.stderr


def test_the_served_bot_knows_nothing_of_it():
    asks = "import sys, bot.serving; print([name for name in sys.modules if 'whatsapp_phone' in name])"
    said = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
