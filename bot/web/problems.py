"""Turns trouble into `application/problem+json`: what happened and what you can do now, from `problems.yml`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from bot.web.errors import BodyWrong, Fault

FILE = Path(__file__).parent / "problems.yml"
TYPE = "urn:voorgesprek:problem:"  # RFC 9457: a type is a name; nothing has to be found there


@dataclass(frozen=True)
class Problem:
    """One entry of `problems.yml`: an HTTP status and its sentences.

    Args:
        retry_after: seconds to wait before trying again, when the error itself does not say.
    """

    name: str
    status: int
    title: str
    happened: str
    next: str
    retry_after: int | None = None

    @property
    def detail(self) -> str:
        """What happened and what can be done now."""
        return f"{self.happened} {self.next}"


@cache
def catalogue() -> Mapping[str, Problem]:
    """Every problem by the name of its exception."""
    return {name: Problem(name, **entry) for name, entry in _file()["problems"].items()}


@cache
def faults() -> Mapping[str, str]:
    """The sentence for every fault of a field."""
    return dict(_file()["faults"])


@cache
def _file() -> Any:
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def problem_of(error: Exception) -> Problem:
    """The problem for an exception: by its own name, or the name of the nearest class it comes from."""
    names = (kind.__name__ for kind in type(error).__mro__)
    return next((catalogue()[name] for name in names if name in catalogue()), catalogue()["Unexpected"])


def respond(error: Exception) -> web.Response:
    """The response for an exception."""
    problem = problem_of(error)
    body: dict[str, Any] = {"type": TYPE + problem.name, "title": problem.title}
    body |= {"status": problem.status, "detail": problem.detail}
    if isinstance(error, BodyWrong):
        body["errors"] = _errors(error.faults)
    if help_texts := getattr(error, "help", None):  # somebody cried for help, see bot/web/urgent.py
        body["help"] = help_texts
    return web.Response(
        status=problem.status,
        body=json.dumps(body, ensure_ascii=False).encode(),
        content_type="application/problem+json",
        headers=_headers(error, problem),
    )


def _errors(found: Sequence[Fault]) -> list[dict[str, str]]:
    return [{"field": fault.field, "detail": faults()[fault.key]} for fault in found]


def _headers(error: Exception, problem: Problem) -> dict[str, str]:
    headers = {}
    wait = getattr(error, "retry_after", None) or problem.retry_after
    if wait:
        headers["Retry-After"] = str(max(1, int(wait)))
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return headers
