"""Makes the random tokens, ids and digit codes that people and browsers hold."""

import re
import secrets

TOKEN_BYTES = 32
ID_BYTES = 16
RESUME_DIGITS = 16
SHARE_DIGITS = 6
MOVE_DIGITS = 8
ID = re.compile(r"[A-Za-z0-9_-]{22}")
SPACES_AND_DASHES = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


def new_token() -> str:
    """Makes a bearer token of 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_id() -> str:
    """Makes an id of 128 random bits (22 characters), for conversations and shares."""
    return secrets.token_urlsafe(ID_BYTES)


def is_id(text: str) -> bool:
    """Says whether text looks like an id; anything else need not be looked up."""
    return ID.fullmatch(text) is not None


def new_code(digits: int) -> str:
    """Makes a code of so many random digits; it may start with zeros."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def tidy(code: str) -> str:
    """Takes the spaces and dashes out of a code as people type it."""
    return SPACES_AND_DASHES.sub("", code)


def is_code(code: str, digits: int) -> bool:
    """Says whether a tidied code has exactly so many ASCII digits."""
    return len(code) == digits and code.isascii() and code.isdigit()
