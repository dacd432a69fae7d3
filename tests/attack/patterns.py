"""Every regular expression of the bot, and texts made to keep each one busy.

Run as a program it uses the bot once and prints what was compiled where: patterns are also made of word lists and
phrases, so the source alone does not tell them.
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
NAMES = ("compile", "sub", "subn", "match", "search", "fullmatch", "findall", "finditer", "split")
CALLS = {f"re.{name}" for name in NAMES}
SENTENCE = "Ik heb een bsn 123456782 en woon in de Kerkstraat 12. Bel 06-12345678 of a@b.nl; ww: Zomer12, 3 mei 1980!"
PIECES = ("a", "1", " ", "\n", ".", "a ", "1 ", "a.", "@.")
MOST_BODIES = 8  # repeats of one pattern that are pumped; the first are enough, a list of words has hundreds


@dataclass(frozen=True)
class Used:
    """A pattern, its flags, and the file and line that compile it."""

    pattern: str
    flags: int
    place: str


def call_sites() -> set[str]:
    """Every place in the source that uses a regular expression, as file:line."""
    files = [path for folder in ("bot", "actions") for path in (ROOT / folder).rglob("*.py")]
    return {f"{path.relative_to(ROOT)}:{line}" for path in files for line in _lines(path)}


def _lines(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
            yield node.lineno


@cache
def used() -> list[Used]:
    """Every pattern that the bot compiles, found by running it in a process of its own."""
    run = subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Used(*found) for found in json.loads(run.stdout)]


def _record(found: set[tuple[str, int, str]]) -> None:
    compile_, here = re._compile, str(ROOT / "bot")  # type: ignore[attr-defined]  # all functions of `re` pass it

    def recorded(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(2)
        if isinstance(pattern, str) and frame.f_code.co_filename.startswith(here):
            place = f"{os.path.relpath(frame.f_code.co_filename, ROOT)}:{frame.f_lineno}"
            found.add((pattern, int(flags), place))
        return compile_(pattern, flags)

    re._compile = recorded  # type: ignore[attr-defined]


def _use_the_bot() -> None:
    from bot import inviting
    from bot.channels import whatsapp_phone_templates, whatsapp_reading
    from bot.channels.whatsapp_payloads import Incoming
    from bot.core import choices, meaning
    from bot.core.talk import Answer
    from bot.sense import learning_names, nearby
    from bot.sense.sensing import Sense
    from bot.settings import WHATSAPP, Settings
    from bot.store import codes
    from bot.store.clock import utc_now
    from bot.store.phones import Sender
    from bot.web import bodies, help_words, packed, said, share_bodies, sign_on  # noqa: F401  # `packed` compiles when imported
    from tests.core.test_summary import a_record
    from tests.lives_of_chance import page_of

    # compiled when imported
    assert all((learning_names, meaning, codes, said, inviting, whatsapp_phone_templates, share_bodies, sign_on))
    for name, listed in nearby.words().items():
        if isinstance(listed, list):
            nearby.pattern(name)
    Sense().sense(SENTENCE)
    help_words.asks_help_now(SENTENCE)
    choices.plain(SENTENCE)
    Settings.from_env(dict.fromkeys(WHATSAPP, "x"))
    whatsapp_reading.is_bare_code(Incoming("x", Sender("x"), utc_now(), "text", SENTENCE))
    told = {line: Answer(text="Ik praat liever niet over werk.").slot() for line in ("goals_first", "meeting_avoid")}
    page_of(a_record(**told))
    bodies.resume({"code": "1" * 16})
    bodies.share_code({"code": "1" * 6})
    bodies.meeting({"meeting": "2026-12-31"})


def pumps(pattern: str, flags: int = 0) -> list[tuple[str, str]]:
    """Beginnings and pieces: a text of the beginning, the piece many times, and an end that does not fit.

    Each repeat inside the pattern is pumped where it stands, and the pattern's whole text, and what breaks others.
    """
    tree = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    whole = _text(tree)
    bodies = list(dict.fromkeys(_bodies(tree, "")))[:MOST_BODIES]
    common = [("", piece) for piece in (whole, whole[:-1], whole + " ", *PIECES)]
    return [pump for pump in dict.fromkeys([*common, *bodies]) if pump[1]]


def _bodies(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """What stands before each repeat, and what it repeats."""
    for at, (kind, value) in enumerate(tree):
        start = before + _text(tree[:at])
        if str(kind) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if value[1] > 3:
                yield start, _text(value[2])
            yield from _bodies(value[2], start)
        for branch in _inside(str(kind), value):
            yield from _bodies(branch, start)


def _inside(kind: str, value: Any) -> list[Any]:
    if kind == "SUBPATTERN":
        return [value[3]]
    return list(value[1]) if kind == "BRANCH" else []


def _text(tree: Any) -> str:
    """A short text that this part of a pattern takes."""
    return "".join(_piece(str(kind), value) for kind, value in tree)


def _piece(kind: str, value: Any) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _text(value[2]) * max(1 if value[1] else 0, int(value[0]))
    if kind == "IN":
        return _member(value)
    if kind == "NOT_LITERAL":
        return "b" if value == ord("a") else "a"
    if kind in ("ANY", "GROUPREF"):
        return "a"
    inside = _inside(kind, value)
    return _text(inside[0]) if inside else ""


def _member(members: Any) -> str:
    if str(members[0][0]) == "NEGATE":
        return next(sign for sign in "a1 .\n_" if not any(_has(one, sign) for one in members[1:]))
    return next(sign for sign in _candidates(members) if any(_has(one, sign) for one in members))


def _candidates(members: Any) -> str:
    named = [chr(value if str(kind) == "LITERAL" else value[0]) for kind, value in members if str(kind) != "CATEGORY"]
    return "".join(named) + "a1 ."


def _has(member: Any, sign: str) -> bool:
    kind, value = str(member[0]), member[1]
    if kind == "LITERAL":
        return ord(sign) == value
    if kind == "RANGE":
        return bool(value[0] <= ord(sign) <= value[1])
    named = {"SPACE": r"\s", "DIGIT": r"\d", "WORD": r"\w"}
    name = str(value).removeprefix("CATEGORY_")
    return (re.match(named[name.removeprefix("NOT_")], sign) is None) == name.startswith("NOT_")


if __name__ == "__main__":
    recorded: set[tuple[str, int, str]] = set()
    _record(recorded)
    _use_the_bot()
    print(json.dumps(sorted(recorded)))
