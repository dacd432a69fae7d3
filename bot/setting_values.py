"""Reads the value of one setting; a ValueError says what it must be, and never repeats what it was."""

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
T = TypeVar("T")
SHORTEST_KEY = 24  # characters; OWASP asks 128 random bits of an API key, which are 22 in base64


def one_of(*words: str) -> Callable[[str], str]:
    """A reader of one of these words.

    Raises:
        ValueError: with what it must be.
    """

    def parse(raw: str) -> str:
        if raw not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return raw

    return parse


def version(raw: str) -> str:
    """A version of Meta's API.

    Raises:
        ValueError: with what it must be.
    """
    if not re.fullmatch(r"v[0-9]{1,3}\.[0-9]", raw):
        raise ValueError("must be a version such as v25.0")
    return raw


def template(raw: str) -> str:
    """The name of an approved template.

    Raises:
        ValueError: with what it must be.
    """
    if not re.fullmatch(r"[a-z0-9_]{1,512}", raw):
        raise ValueError("must be a template's name: small letters, digits and _")
    return raw


def key(raw: str) -> str:
    """A key that nobody guesses, or none.

    Raises:
        ValueError: with what it must be.
    """
    if raw and (len(raw) < SHORTEST_KEY or not raw.isascii() or not raw.isprintable() or " " in raw):
        raise ValueError(f"must have at least {SHORTEST_KEY} letters, digits or signs, and no spaces")
    return raw


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """A reader of whole numbers within limits.

    Raises:
        ValueError: with what it must be.
    """
    limits = f"a whole number of {least} or more" if most is None else f"a whole number from {least} to {most}"

    def parse(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
            raise ValueError(f"must be {limits}")
        if int(raw) < least or (most is not None and int(raw) > most):
            raise ValueError(f"must be {limits}")
        return int(raw)

    return parse


def site(raw: str) -> str:
    """An address without a slash at the end.

    Raises:
        ValueError: with what it must be.
    """
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://voorgesprek.example.nl")
    return raw.rstrip("/")


def sites(raw: str) -> tuple[str, ...]:
    """Addresses with spaces or commas between them.

    Raises:
        ValueError: with what each must be.
    """
    return _several(raw, site, "must be addresses such as http://10.0.0.2:8080, with commas between them")


def database(raw: str) -> str:
    """An address as SQLAlchemy writes it.

    Raises:
        ValueError: with what it must be.
    """
    if not raw.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return raw


def origins(raw: str) -> tuple[str, ...]:
    """Web origins with spaces or commas between them.

    Raises:
        ValueError: with what it must be.
    """
    return _several(raw, _origin, "must be https origins such as https://www.example.nl, with spaces between them")


def _origin(raw: str) -> str:
    parts = urlsplit(raw)
    bare = raw == f"{parts.scheme}://{parts.netloc}"
    safe = parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1")
    # `*` and `'self' evil` would end up in a security header as they stand
    if not (bare and safe and parts.hostname) or set(raw) & set("*;,'\"@"):
        raise ValueError("not an origin")
    return raw


def networks(raw: str) -> tuple[Network, ...]:
    """Networks with spaces or commas between them.

    Raises:
        ValueError: with what it must be.
    """
    return _several(raw, ip_network, "must be addresses or networks such as 10.0.0.0/8, with spaces between them")


def _several(raw: str, one: Callable[[str], T], otherwise: str) -> tuple[T, ...]:
    try:
        return tuple(one(part) for part in raw.replace(",", " ").split())
    except ValueError:
        raise ValueError(otherwise) from None


def file(raw: str) -> Path | None:
    """A file that exists, or None.

    Raises:
        ValueError: with what it must be.
    """
    if not raw:
        return None
    if not Path(raw).is_file():
        raise ValueError("must name a file that exists")
    return Path(raw)
