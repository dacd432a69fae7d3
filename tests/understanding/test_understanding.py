"""What the bot makes of sentences it has never seen: floors under the measured figures, so that none sinks unnoticed.

The targets are higher (design, section 6); docs/understanding.md tells how far we are.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SETS = ("intents", "answers", "signals", "misleading", "masking")


def the(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def understood() -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Every test sentence beside what `voorgesprek understand` says of it, by set."""
    rows = [(name, row) for name in SETS for row in the(name)]
    asked = "\n".join(json.dumps({k: row.get(k) for k in ("text", "awaiting", "topic")}) for _, row in rows)
    command = [sys.executable, "-m", "bot.cli", "understand"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(rows)
    pairs = list(zip(rows, told, strict=True))
    return {name: [(row, said) for (of, row), said in pairs if of == name] for name in SETS}


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def right(row: dict[str, Any], said: dict[str, Any]) -> bool:
    return said["intent"] in (row["intent"], *row.get("alternates", ()))


def test_intents_are_understood(understood):
    assert share([right(row, said) for row, said in understood["intents"]]) >= 0.78


def test_answers_stay_answers(understood):
    assert share([right(row, said) for row, said in understood["answers"]]) >= 0.93


def test_clear_cries_for_help_are_found(understood):
    cries = [(row, said) for row, said in understood["signals"] if row["kind"] == "explicit"]

    assert share([bool(said["signals"]) or said["concern"] for _, said in cries]) >= 0.85


def test_ordinary_answers_raise_few_alarms(understood):
    assert share([bool(said["signals"]) for _, said in understood["answers"]]) <= 0.025
    assert share([said["concern"] for _, said in understood["answers"]]) <= 0.08


def test_sentences_made_to_mislead_raise_few_alarms(understood):
    assert share([bool(said["signals"]) for _, said in understood["misleading"]]) <= 0.10


def test_numbers_and_addresses_are_masked_and_harmless_numbers_left(understood):
    assert share([row["masked"] == said["masked"] for row, said in understood["masking"]]) >= 0.95


def test_no_test_sentence_is_a_training_sentence():
    def plain(text: str) -> str:
        return re.sub(r"\W+", " ", text.casefold()).strip()

    groups = [yaml.safe_load(path.read_text("utf-8"))["nlu"] for path in ROOT.glob("data/nlu/*.yml")]
    trained = {plain(line[2:]) for group in groups for item in group for line in item["examples"].splitlines()}
    short = {plain(row["text"]) for name in SETS for row in the(name)}

    assert {text for text in short & trained if len(text.split()) > 3} == set()
