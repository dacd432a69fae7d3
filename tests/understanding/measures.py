"""What the bot makes of sentences it has never seen, in figures; report.py tells them."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot.core.double import COMMANDS

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SETS = ("intents", "answers", "ordinary", "signals", "misleading", "masking", "doubles")
# Authors who saw neither the training sentences nor each other's. For the safety net only the last two are blind:
# thresholds and training subjects were once chosen with the first two in view (docs/understanding.md).
AUTHORS = ("", "second/", "third/", "fourth/")
# Answers that tell of a danger at home or of sleeping rough may rightly raise an alarm, so they are not ordinary.
DANGEROUS = {"safety_home", "homelessness"}
NAME, OTHER = r"\[naam\]", r"\[(?!naam)[a-z\-]+\]"

Row = dict[str, Any]
Pair = tuple[Row, Row]


def the(name: str, author: str = "") -> list[Row]:
    """The test sentences of one set; not every author wrote all of them."""
    file = HERE / author / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()] if file.exists() else []


def understood(author: str = "") -> dict[str, list[Pair]]:
    """Every test sentence beside what `voorgesprek understand` says of it, by set."""
    rows = [(name, row) for name in SETS for row in the(name, author)]
    asked = "\n".join(json.dumps({k: row.get(k) for k in ("text", "awaiting", "topic")}) for _, row in rows)
    command = [sys.executable, "-m", "bot.cli", "understand"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    pairs = list(zip(rows, told, strict=True))
    return {name: [(row, said) for (of, row), said in pairs if of == name] for name in SETS}


def share(hits: Iterable[bool]) -> float:
    """How many of these are true, between 0 and 1."""
    counted = list(hits)
    return sum(counted) / len(counted)


def right(pair: Pair) -> bool:
    """Whether the intent is the one meant, or one that is equally fair."""
    row, said = pair
    return said["intent"] in (row["intent"], *row.get("alternates", ()))


def heard(pair: Pair) -> bool:
    """Whether a cry gets help or a warm question."""
    return bool(pair[1]["signals"]) or pair[1]["concern"]


def cries(found: dict[str, list[Pair]], kind: str) -> list[Pair]:
    """The cries of one kind, explicit or veiled."""
    return [pair for pair in found["signals"] if pair[0]["kind"] == kind]


def ordinary(found: dict[str, list[Pair]]) -> list[Pair]:
    """Answers that should raise no alarm."""
    return [*found["ordinary"], *(pair for pair in found["answers"] if not DANGEROUS & set(pair[0]["themes"]))]


def exactly(found: dict[str, list[Pair]], tag: str) -> float:
    """How many of what must be masked with these tags is masked; 1 when this author wrote no such sentences."""
    wanted = [(row["masked"], said["masked"]) for row, said in found["masking"] if re.search(tag, row["masked"])]
    counted = [(len(re.findall(tag, meant)), len(re.findall(tag, made))) for meant, made in wanted]
    return sum(min(pair) for pair in counted) / sum(meant for meant, _ in counted) if counted else 1.0


def left_alone(found: dict[str, list[Pair]]) -> float:
    """How many sentences without anything to mask stay as they are."""
    rows = [(row, said) for row, said in found["masking"] if row["masked"] == row["text"]]
    return share(row["text"] == said["masked"] for row, said in rows) if rows else 1.0


def themes_f1(found: dict[str, list[Pair]]) -> float:
    """Micro F1 of the themes of all answers."""
    meant = [(set(row["themes"]), set(said["themes"])) for row, said in found["answers"]]
    both, all_ = sum(len(a & b) for a, b in meant), sum(len(a) + len(b) for a, b in meant)
    return 2 * both / all_


def beside_a_question(found: dict[str, list[Pair]]) -> float:
    """Commands heard although a question stands beside them; 1 when this author wrote no such sentences."""
    pairs = [(row["command"], said["intent"]) for row, said in found["doubles"] if row["command"] in COMMANDS]
    return share(meant == heard for meant, heard in pairs) if pairs else 1.0


MEASURES: dict[str, Callable[[dict[str, list[Pair]]], float]] = {
    "intents": lambda found: share(map(right, found["intents"])),
    "answers kept": lambda found: share(map(right, [*found["answers"], *found["ordinary"]])),
    "commands beside a question": beside_a_question,
    "explicit cries heard": lambda found: share(map(heard, cries(found, "explicit"))),
    "veiled cries heard": lambda found: share(map(heard, cries(found, "veiled"))),
    "cries by signals alone": lambda found: share(bool(said["signals"]) for _, said in found["signals"]),
    "ordinary answers with signals": lambda found: share(bool(said["signals"]) for _, said in ordinary(found)),
    "ordinary answers with concern": lambda found: share(said["concern"] for _, said in ordinary(found)),
    "misleading sentences with signals": lambda found: share(bool(said["signals"]) for _, said in found["misleading"]),
    "themes, micro F1": themes_f1,
    "names masked": lambda found: exactly(found, NAME),
    "numbers and addresses masked": lambda found: exactly(found, OTHER),
    "nothing masked in harmless sentences": left_alone,
}
REACH = (0.90, 0.97, 0.70, 0.98, 0.90, 0.85, 0.02, 0.08, 0.10, 0.80, 0.85, 0.99, 0.97)
# A row for each measure, a column for each author; floors only rise and ceilings only fall.
FLOORS = {
    "intents": (0.93, 0.935, 0.93, 0.9),
    "answers kept": (0.98, 0.985, 0.97, 0.985),
    "commands beside a question": (0.72, 1, 1, 1),
    "explicit cries heard": (0.995, 0.995, 0.995, 0.995),
    "veiled cries heard": (0.88, 0.895, 0.94, 0.845),
    "cries by signals alone": (0.84, 0.81, 0.9, 0.84),
    "themes, micro F1": (0.75, 0.85, 0.79, 0.825),
    "names masked": (0.995, 0.995, 0.94, 0.95),
    "numbers and addresses masked": (0.995, 0.995, 0.97, 0.985),
    "nothing masked in harmless sentences": (0.995, 0.995, 0.915, 0.995),
}
CEILINGS = {
    "ordinary answers with signals": (0.01, 0.03, 0.02, 0.04),
    "ordinary answers with concern": (0.085, 0.115, 0.06, 0.085),
    "misleading sentences with signals": (0.105, 0.085, 0.095, 0.065),
}
