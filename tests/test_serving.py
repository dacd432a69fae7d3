"""The start of the server: keys are made for a first try only."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import serving
from bot.core.errors import EngineDown
from bot.settings import Settings
from bot.store import masterkey
from bot.web.engine_client import EngineLate


def settings(folder: Path, **named: str) -> Settings:
    return Settings.from_env({"DATA_DIR": str(folder / "data"), **named})


def made(folder: Path, **named: str) -> tuple[Settings, list[str]]:
    """The settings, and what a start says about the key."""
    said: list[str] = []
    serving._first_key(settings(folder, **named), said.append)
    return settings(folder, **named), said


def test_a_first_try_gets_a_key_that_only_its_owner_reads(tmp_path: Path):
    chosen, said = made(tmp_path)

    assert masterkey.read(chosen.master_key_file)
    assert chosen.master_key_file.stat().st_mode & 0o077 == 0
    assert chosen.data_dir.stat().st_mode & 0o077 == 0
    assert "For real use, make your own" in said[1]


def test_a_second_start_keeps_the_key_and_says_nothing(tmp_path: Path):
    chosen, _ = made(tmp_path)
    before = chosen.master_key_file.read_bytes()

    assert made(tmp_path)[1] == []
    assert chosen.master_key_file.read_bytes() == before


def test_a_key_file_that_was_named_is_never_made(tmp_path: Path):
    chosen, said = made(tmp_path, MASTER_KEY_FILE=str(tmp_path / "mounted" / "master.key"))

    assert said == []
    assert not chosen.master_key_file.exists()


async def test_an_engine_that_dies_is_started_again_until_the_server_stops(monkeypatch: pytest.MonkeyPatch):
    stop, starts = asyncio.Event(), []

    async def dies(number: int, client: Any) -> None:
        starts.append(number)
        if len(starts) == 3:
            stop.set()

    monkeypatch.setattr(serving, "_run_engine", dies)
    monkeypatch.setattr(serving, "log", structlog.testing.CapturingLogger())
    monkeypatch.setattr(serving, "RESTART_SECONDS", (0,))
    await serving._keep_engine(7, stop, AnEngine())

    assert starts == [7, 7, 7]


class AnEngine:
    """An engine and its process: every look finds the next of these troubles, then there is none."""

    def __init__(self, *troubles: Exception | None) -> None:
        self.troubles = list(troubles)
        self.kills = 0

    async def health_of(self, number: int) -> dict[str, str]:
        if not self.troubles:
            raise asyncio.CancelledError  # enough was seen
        trouble = self.troubles.pop(0)
        if trouble:
            raise trouble
        return {"status": "ok"}

    def kill(self) -> None:
        self.kills += 1


HANGS, CUT, AWAY = EngineLate(was_cut=False), EngineLate(was_cut=True), EngineDown()


@pytest.mark.parametrize(
    ("looks", "kills"),
    [
        ((HANGS, HANGS, HANGS), 1),
        ((HANGS, HANGS, None, HANGS, HANGS), 0),
        ((AWAY, AWAY, AWAY, AWAY), 0),
        ((CUT, CUT, CUT, CUT), 0),
    ],
)
async def test_an_engine_that_hangs_is_ended_and_one_that_is_away_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, looks: tuple[Exception | None, ...], kills: int
):
    engine = AnEngine(*looks)
    monkeypatch.setattr(serving, "log", structlog.testing.CapturingLogger())
    monkeypatch.setattr(serving, "WATCH_SECONDS", 0)

    with suppress(asyncio.CancelledError):
        await serving._watch(7, engine, engine)  # type: ignore[arg-type]

    assert engine.kills == kills
