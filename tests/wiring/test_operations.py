"""What the administrator reads of commands, events, settings and errors is in the code."""

import re
from pathlib import Path

import pytest

from bot import cli
from bot.core import errors
from bot.web import errors as web_errors
from tests.wiring import written

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs/operations.md").read_text("utf-8")
HEALTH = (ROOT / "bot/web/api/health.py").read_text("utf-8")
SETTINGS = set(re.findall(r'read\("([A-Z_]+)"', "".join(map(Path.read_text, ROOT.glob("bot/*settings.py")))))
ERRORS = {*vars(errors), *vars(web_errors)}
COMMAND = re.compile(r"voorgesprek (\w+)(?: (\w+)`)?")
EVENT = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")


def commands(document: str) -> set[tuple[str, str]]:
    return set(COMMAND.findall((ROOT / document).read_text("utf-8")))


def is_known(command: str, what: str) -> bool:
    if command not in cli.COMMANDS:
        return False
    takes = cli.COMMANDS[command][2]
    return not what or any(what in argument.get("choices", ()) for argument in takes.values())


@pytest.mark.parametrize("document", ["docs/operations.md", "docs/threat-model.md", "README.md", "SECURITY.md"])
def test_every_command_that_is_named_exists(document: str):
    assert {found for found in commands(document) if not is_known(*found)} == set()


def test_every_event_of_the_log_and_state_of_health_that_is_named_exists():
    states = set(re.findall(r'"([a-z]+_[a-z]+)"', HEALTH))

    assert set(EVENT.findall(GUIDE)) - written.log_events() - states == set()


def test_every_setting_that_is_named_exists():
    assert set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", GUIDE)) - SETTINGS == set()


def test_every_error_that_is_named_exists():
    assert [name for name in re.findall(r"`((?:[A-Z][a-z]+){2,})`", GUIDE) if name not in ERRORS] == []


def test_what_is_looked_for_is_seen():
    assert {("keys", "rotate"), ("backup", ""), ("audit", "")} <= commands("docs/operations.md")
    assert {"clock_jumped", "expire_failed", "master_key_file_unusable"} <= set(EVENT.findall(GUIDE))
    assert not is_known("keys", "forget")
    assert not is_known("destroy", "")
