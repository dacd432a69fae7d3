"""The one reader of the environment: every setting, its safe default and its check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
Network = IPv4Network | IPv6Network

# A library or a mobile network puts hundreds of people behind one address; a person types a few messages a minute.
PER_ADDRESS = 12_000
PER_CONVERSATION = 600
MOST_ENGINES = 64  # more sockets than one machine can use: surely a typing error


class SettingsWrong(Exception):
    """One or more settings cannot be used; the message names every one of them."""


@dataclass(frozen=True)
class Settings:
    """What a municipality can set, each read once from the environment.

    Args:
        port, host: where the gateway listens; the default is this machine only.
        public_url: how people reach it, without a slash at the end.
        database_url, keyring_url: SQLAlchemy addresses; they may hold a password, so they are never shown.
        data_dir: the directory for databases, keys and sockets.
        master_key_file: the file with the outer keys.
        engines: the number of engine processes.
        embed_origins: sites that may show the talk in a frame; none by default.
        trusted_proxies: networks whose X-Forwarded-For header is believed; none by default.
        rate_per_address, rate_per_conversation: requests a minute; 0 turns the limit off.
        nl_core_news_sm: a wheel with the Dutch spaCy model, or empty.
        municipality_file: the municipality's own facts, or None for the ones that ship with the bot.
    """

    port: int
    host: str
    public_url: str
    database_url: str = field(repr=False)
    keyring_url: str = field(repr=False)
    data_dir: Path
    master_key_file: Path
    engines: int = 1
    embed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    rate_per_address: int = PER_ADDRESS
    rate_per_conversation: int = PER_CONVERSATION
    nl_core_news_sm: str = ""
    municipality_file: Path | None = None

    @property
    def is_https(self) -> bool:
        """Whether people reach the bot over TLS."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read and check all settings.

        Raises:
            SettingsWrong: with every fault at once, one a line.
        """
        read = _Reader(env)
        data_dir = read("DATA_DIR", "var", Path)
        port = read("PORT", "8080", _number(1, 65_535))
        settings = cls(
            port=port,
            host=read("HOST", "127.0.0.1", str),
            public_url=read("PUBLIC_URL", f"http://127.0.0.1:{port}", _site),
            database_url=read("DATABASE_URL", f"sqlite:///{data_dir}/voorgesprek.db", _database),
            keyring_url=read("KEYRING_URL", f"sqlite:///{data_dir}/keys.db", _database),
            data_dir=data_dir,
            master_key_file=read("MASTER_KEY_FILE", f"{data_dir}/master.key", Path),
            engines=read("ENGINES", "1", _number(1, MOST_ENGINES)),
            embed_origins=read("EMBED_ORIGINS", "", _origins),
            trusted_proxies=read("TRUSTED_PROXIES", "", _networks),
            rate_per_address=read("RATE_PER_ADDRESS", str(PER_ADDRESS), _number(0)),
            rate_per_conversation=read("RATE_PER_CONVERSATION", str(PER_CONVERSATION), _number(0)),
            nl_core_news_sm=read("NL_CORE_NEWS_SM", "", str),
            municipality_file=read("MUNICIPALITY_FILE", "", _file),
        )
        if settings.database_url == settings.keyring_url:
            read.faults.append("KEYRING_URL: must not be the same database as DATABASE_URL")
        if read.faults:
            raise SettingsWrong("Change these settings first:\n" + "\n".join(f"  {fault}" for fault in read.faults))
        return settings


class _Reader:
    """Reads one setting after another and keeps every fault, so that nobody has to start ten times."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.faults: list[str] = []

    def __call__(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        """The setting as `parse` reads it; an empty one counts as absent."""
        given = self.env.get(name, "").strip()
        try:
            return parse(given or default)
        except ValueError as fault:
            # the value itself is not repeated: an address of a database may hold a password
            self.faults.append(f"{name}: {fault}")
            return parse(default)


def _number(least: int, most: int | None = None) -> Callable[[str], int]:
    limits = f"a whole number of {least} or more" if most is None else f"a whole number from {least} to {most}"

    def parse(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
            raise ValueError(f"must be {limits}")
        if int(raw) < least or (most is not None and int(raw) > most):
            raise ValueError(f"must be {limits}")
        return int(raw)

    return parse


def _site(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://voorgesprek.example.nl")
    return raw.rstrip("/")


def _database(raw: str) -> str:
    if not raw.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return raw


def _origins(raw: str) -> tuple[str, ...]:
    return tuple(_origin(part) for part in raw.replace(",", " ").split())


def _origin(raw: str) -> str:
    parts = urlsplit(raw)
    bare = raw == f"{parts.scheme}://{parts.netloc}"
    safe = parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1")
    # `*` and `'self' evil` would end up in a security header as they stand
    if not (bare and safe and parts.hostname) or set(raw) & set("*;,'\"@"):
        raise ValueError("must be https origins such as https://www.example.nl, with spaces between them")
    return raw


def _networks(raw: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part) for part in raw.replace(",", " ").split())
    except ValueError:
        raise ValueError("must be addresses or networks such as 10.0.0.0/8, with spaces between them") from None


def _file(raw: str) -> Path | None:
    if not raw:
        return None
    if not Path(raw).is_file():
        raise ValueError("must name a file that exists")
    return Path(raw)
