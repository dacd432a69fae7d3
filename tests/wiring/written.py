"""What the code writes down, found in its sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCES = [path for path in sorted(ROOT.glob("bot/**/*.py")) if "migrations" not in path.parts]
FIRST = {"_first_record", "opening"}  # the functions that make the record of a new conversation
LEVELS = {"debug", "info", "warning", "error", "critical"}


def record_keys() -> set[str]:
    """The top-level keys of a conversation's record that some line of the code can write."""
    return {key for tree in _trees() for node in ast.walk(tree) for key in _keys_written_by(node)}


def log_fields() -> set[str]:
    """The fields that some line of the code gives to an event of the log."""
    return {word.arg for call in _log_calls() for word in call.keywords if word.arg} | _fields_of_told()


def log_events() -> set[str]:
    """The names of the events that some line of the code logs."""
    return {text.split()[0] for call in _log_calls() for text in _text(call.args[0])}


def _log_calls() -> list[ast.Call]:
    return [node for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_log_call(node)]


def _trees() -> Iterator[ast.Module]:
    return (ast.parse(path.read_text("utf-8")) for path in SOURCES)


def _keys_written_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and _is_record(node.value):
        yield from _text(node.slice)
    if isinstance(node, ast.Call) and _is_setdefault_of_record(node):
        yield from _text(node.args[0])
    if isinstance(node, ast.FunctionDef) and node.name in FIRST:
        made = next(one.value for one in node.body if isinstance(one, ast.Return))
        assert isinstance(made, ast.Dict), f"{node.name} no longer returns a dict as it stands: read it another way"
        yield from (key for part in made.keys if part for key in _text(part))


def _is_record(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "record") or (
        isinstance(node, ast.Attribute) and node.attr in {"record", "_record"}
    )


def _is_setdefault_of_record(node: ast.Call) -> bool:
    called = node.func
    return isinstance(called, ast.Attribute) and called.attr == "setdefault" and _is_record(called.value)


def _is_log_call(node: ast.Call) -> bool:
    called = node.func
    owner = called.value if isinstance(called, ast.Attribute) and called.attr in LEVELS else None
    return isinstance(owner, ast.Name) and owner.id == "log"


def _fields_of_told() -> set[str]:
    from bot.core.errors import told

    return set(told(ValueError("words")))


def _text(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
