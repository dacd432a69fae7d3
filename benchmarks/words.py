"""What people type in the benchmark, each time in other words."""

import random
import tomllib
from pathlib import Path

Parts = tuple[tuple[str, ...], ...]


def _read() -> tuple[dict[str, Parts], dict[str, Parts]]:
    raw = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    before, after = raw["around"]["before"], raw["around"]["after"]
    answers = {name: _parts([before, *lines, after]) for name, lines in raw["answers"].items()}
    return answers, {name: _parts(lines) for name, lines in raw["commands"].items()}


def _parts(lines: list[list[str]]) -> Parts:
    return tuple(tuple(line) for line in lines)


def wording(parts: Parts, chance: random.Random) -> str:
    """One of the wordings that these parts make together."""
    return "".join(chance.choice(part) for part in parts)


ANSWERS, COMMANDS = _read()
