"""Settings of what reaches contact persons: e-mail, and the municipality's sign-on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from bot.core.addresses import is_sendable

T = TypeVar("T")
SUBMISSION, SUBMISSION_TLS = 587, 465  # ports of RFC 6409 and RFC 8314
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Reader(Protocol):
    """Reads one setting after another, and keeps every fault."""

    faults: list[str]

    def __call__(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        """The setting as `parse` reads it."""


@dataclass(frozen=True)
class Smtp:
    """A server that takes e-mail.

    Args:
        is_tls: whether TLS begins with the connection, rather than with STARTTLS.
        is_local: whether it is on this machine, where TLS may be absent.
    """

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    is_tls: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, where nobody listens on the wire."""
        return self.host in LOOPBACK


@dataclass(frozen=True)
class MailSettings:
    """How contact persons are told that a page can be opened.

    Args:
        smtp: the server that takes e-mail, or None where it goes to a folder.
        spool: the folder, one file an e-mail.
        sender: the address that it comes from.
    """

    sender: str
    smtp: Smtp | None = None
    spool: Path | None = None


@dataclass(frozen=True)
class OidcSettings:
    """The municipality's sign-on.

    Args:
        issuer: its address, as it stands in its own description.
        client_id, client_secret: what it knows this bot by.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


def mail(read: Reader, public_url: str) -> MailSettings | None:
    """The settings of e-mail; None where there is none.

    Args:
        public_url: whose host the sender's address has, unless MAIL_FROM says another.
    """
    host = urlsplit(public_url).hostname or ""
    own = f"voorgesprek@{host}"
    server, spool = read("SMTP_URL", "", smtp), read("MAIL_SPOOL", "", _folder)
    sender = read("MAIL_FROM", own if is_sendable(own) else "voorgesprek@localhost.invalid", address)
    if server is None and spool is None:
        return None
    return MailSettings(sender, server, None if server else spool)


def oidc(read: Reader) -> OidcSettings | None:
    """The settings of the sign-on; None where there is none."""
    issuer, client = read("OIDC_ISSUER", "", secure_site), read("OIDC_CLIENT_ID", "", str)
    given = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": client, "OIDC_CLIENT_SECRET": read("OIDC_CLIENT_SECRET", "", str)}
    if not any(given.values()):
        return None
    read.faults += [
        f"{name}: is missing, and signing on cannot do without" for name, value in given.items() if not value
    ]
    return OidcSettings(*given.values())


def smtp(raw: str) -> Smtp | None:
    """A server that takes e-mail, or None.

    Raises:
        ValueError: with what it must be.
    """
    if not raw:
        return None
    otherwise = "must be smtp://user:password@host:587 (with STARTTLS) or smtps://user:password@host:465"
    parts = urlsplit(raw)
    try:
        port = parts.port
    except ValueError:
        raise ValueError(otherwise) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(otherwise)
    is_tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname, port or (SUBMISSION_TLS if is_tls else SUBMISSION), user, password, is_tls)


def address(raw: str) -> str:
    """One e-mail address.

    Raises:
        ValueError: with what it must be.
    """
    if not is_sendable(raw):
        raise ValueError("must be an address such as voorgesprek@gemeente.nl")
    return raw


def secure_site(raw: str) -> str:
    """An https address, or one on this machine; as it was given, because an issuer's name is compared letter by letter.

    Raises:
        ValueError: with what it must be.
    """
    parts = urlsplit(raw)
    is_secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if raw and (not is_secure or not parts.hostname or parts.query or parts.fragment):
        raise ValueError("must be an https address such as https://login.gemeente.nl")
    return raw


def _folder(raw: str) -> Path | None:
    if raw and Path(raw).exists() and not Path(raw).is_dir():
        raise ValueError("must name a folder")
    return Path(raw) if raw else None
