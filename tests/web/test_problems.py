"""Every error has words: what happened, and what can be done now."""

import ast
import re
from pathlib import Path

import pytest

from bot.core import errors as core_errors
from bot.core.errors import VoorgesprekError
from bot.web import errors as web_errors
from bot.web import problems

WEB = Path(problems.__file__).parent
CORE = Path(core_errors.__file__).parent
# These never reach a request: the gateway runs the turn again, or does not start at all.
INSIDE = {"VoorgesprekError", "LostRace", "MasterKeyMissing", "MasterKeyWrong", "KeyringWrong"}
INSIDE |= {"LinesUnknown"}  # told as faults of the body
INSIDE |= {"BackupThere", "BackupUnreadable", "DatabaseInUse", "InvitationWrong"}  # of the command line


def names() -> set[str]:
    return {
        name
        for module in (core_errors, web_errors)
        for name, found in vars(module).items()
        if isinstance(found, type) and issubclass(found, VoorgesprekError)
    }


def faults_in_code() -> set[str]:
    nodes = (node for path in WEB.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    calls = (node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault")
    return {str(ast.literal_eval(call.args[1])) for call in calls} | faults_of_an_invitation()


def faults_of_an_invitation() -> set[str]:
    """What the private functions of its reader may return."""
    tree = ast.parse((CORE / "invitations.py").read_text())
    private = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("_"))
    returned = (node for function in private for node in ast.walk(function) if isinstance(node, ast.Return))
    words = (node.value for one in returned for node in ast.walk(one) if isinstance(node, ast.Constant))
    return {word for word in words if isinstance(word, str) and re.fullmatch("[a-z_]{5,}", word)}


def test_every_error_has_an_entry_and_every_entry_an_error():
    assert set(problems.catalogue()) - {"Unexpected"} == names() - INSIDE


def test_every_fault_has_a_sentence_and_every_sentence_a_fault():
    assert set(problems.faults()) == faults_in_code()


def test_the_scan_sees_something():
    assert {"message_id", "meeting_skipped"} <= faults_in_code()
    assert "TokenWrong" in names()


@pytest.mark.parametrize("problem", problems.catalogue().values(), ids=lambda problem: problem.name)
def test_a_problem_says_what_happened_and_what_to_do(problem: problems.Problem):
    assert problem.happened.endswith(".")
    assert problem.next.endswith(".")
    assert 400 <= problem.status <= 503


@pytest.mark.parametrize("problem", problems.catalogue().values(), ids=lambda problem: problem.name)
def test_a_problem_is_said_in_short_sentences(problem: problems.Problem):
    sentences = re.split(r"(?<=[.!?]) ", problem.detail)

    assert max(len(sentence.split()) for sentence in sentences) <= 15


@pytest.mark.parametrize("status", [429, 503])
def test_who_has_to_wait_is_told_how_long(status: int):
    for problem in problems.catalogue().values():
        if problem.status == status and problem.retry_after is None:
            assert hasattr(_raised(problem.name), "retry_after"), problem.name


def test_an_error_of_another_kind_is_unexpected():
    assert problems.problem_of(ZeroDivisionError("secret")).name == "Unexpected"


def _raised(name: str) -> Exception:
    found = getattr(core_errors, name, None) or getattr(web_errors, name)
    error: Exception = found(60)
    return error
