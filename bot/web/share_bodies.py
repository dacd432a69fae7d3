"""Reads the bodies of calls about shared pages."""

import re

from bot.store.readings import Reader
from bot.web.bodies import Body, check, is_id
from bot.web.errors import Fault

NAME, BACK = 80, 300  # characters: a name, and the line that goes back to the person
LINE = re.compile("[A-Za-z0-9_-]{1,128}")
MOST_LINES = 200  # more than any page has


def new(body: Body) -> tuple[str | None, list[str] | None]:
    """The id of a call that shares, and the lines of a page of its own; None shares what goes along.

    Raises:
        BodyWrong: with every fault.
    """
    message_id, lines = body.get("messageId"), body.get("lines")
    check(
        (Fault("messageId", "message_id"), message_id is not None and not is_id(message_id)),
        (Fault("lines", "lines"), lines is not None and not _are_ids(lines)),
    )
    return message_id, lines


def reader(body: Body, signed_on: str | None) -> Reader | None:
    """Who opens a page: who signed on, or else the name that was typed, if one was.

    Raises:
        BodyWrong: the name is not one.
    """
    name = body.get("name")
    check((Fault("name", "name"), name is not None and not _is_text(name, NAME)))
    if signed_on is not None:
        return Reader(signed_on, is_signed_on=True)
    return Reader(name.strip()) if name is not None else None


def back(body: Body) -> str:
    """The line that goes back to the person; empty where there is none.

    Raises:
        BodyWrong: too long, or more than one line.
    """
    line = body.get("line")
    is_empty = isinstance(line, str) and not line.strip()
    check((Fault("line", "line_back"), line is not None and not is_empty and not _is_text(line, BACK)))
    return (line or "").strip()


def _is_text(value: object, most: int) -> bool:
    # isprintable: no line's end, no letter that turns the others around
    return isinstance(value, str) and 1 <= len(value.strip()) <= most and value.strip().isprintable()


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LINES and all(_is_line(one) for one in value)


def _is_line(value: object) -> bool:
    # an unknown one is named in the answer: what is no name of a line is not repeated
    return isinstance(value, str) and LINE.fullmatch(value) is not None
