"""The one reader of the environment: every setting, its safe default and its check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot import contact_settings
from bot import setting_values as values
from bot.contact_settings import MailSettings, OidcSettings
from bot.setting_values import Network

T = TypeVar("T")

# A library or a mobile network puts hundreds of people behind one address; a person types a few messages a minute.
PER_ADDRESS = 12_000
PER_CONVERSATION = 600
MOST_ENGINES = 64  # more sockets than one machine can use: surely a typing error


GRAPH_URL = "https://graph.facebook.com"
# Supported until 29 July 2028: developers.facebook.com/docs/graph-api/changelog (seen August 2026).
GRAPH_VERSION = "v25.0"


class SettingsWrong(Exception):
    """One or more settings cannot be used; the message names every one of them."""


@dataclass(frozen=True)
class WhatsAppSettings:
    """One number at Meta's Cloud API.

    Args:
        verify_token: what Meta repeats when the webhook is registered.
        app_secret: what Meta signs every delivery with.
        access_token: what we send with.
        phone_number_id: Meta's id of the number.
        number: the number as people see it, for our own page; may be empty.
        graph_url, graph_version: where messages are sent to.
        sensitive: `link` asks sensitive questions on our own page, `off` leaves them out.
        read_receipts: whether people see that their message was read; off, because nobody reads it.
        template_invite, template_remind, template_go_on: names of the approved templates.
    """

    verify_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    phone_number_id: str
    graph_url: str = GRAPH_URL
    graph_version: str = GRAPH_VERSION
    sensitive: str = "link"
    read_receipts: bool = False
    template_invite: str = "voorgesprek_uitnodiging"
    template_remind: str = "voorgesprek_herinnering"
    template_go_on: str = "voorgesprek_verder"
    number: str = ""

    @property
    def leaves_out(self) -> bool:
        """Whether sensitive questions are left out, rather than asked on our own page."""
        return self.sensitive == "off"


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
        peers: addresses of all gateways behind the same balancer; none by default.
        embed_origins: sites that may show the talk in a frame; none by default.
        trusted_proxies: networks whose X-Forwarded-For header is believed; none by default.
        rate_per_address, rate_per_conversation: requests a minute; 0 turns the limit off.
        nl_core_news_sm: a wheel with the Dutch spaCy model, or empty.
        municipality_file: the municipality's own facts, or None for the ones that ship with the bot.
        staff_key: with which staff invite people; empty turns inviting off.
        whatsapp: the number at Meta, or None where there is none.
        mail: how contact persons get e-mail, or None where they get none.
        oidc: the municipality's sign-on, or None where there is none.
    """

    port: int
    host: str
    public_url: str
    database_url: str = field(repr=False)
    keyring_url: str = field(repr=False)
    data_dir: Path
    master_key_file: Path
    engines: int = 1
    peers: tuple[str, ...] = ()
    embed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    rate_per_address: int = PER_ADDRESS
    rate_per_conversation: int = PER_CONVERSATION
    nl_core_news_sm: str = ""
    municipality_file: Path | None = None
    staff_key: str = field(default="", repr=False)
    whatsapp: WhatsAppSettings | None = None
    mail: MailSettings | None = None
    oidc: OidcSettings | None = None

    @property
    def is_https(self) -> bool:
        """Whether people reach the bot over TLS."""
        return self.public_url.startswith("https://")

    @property
    def sends_mail(self) -> bool:
        """Whether contact persons get an e-mail."""
        return self.mail is not None

    def leaves_out(self, channel: str) -> bool:
        """Whether sensitive questions are not asked in this channel at all."""
        return channel == "whatsapp" and self.whatsapp is not None and self.whatsapp.leaves_out

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read and check all settings.

        Raises:
            SettingsWrong: with every fault at once, one a line.
        """
        read = _Reader(env)
        data_dir = read("DATA_DIR", "var", Path)
        port = read("PORT", "8080", values.number(1, 65_535))
        public_url = read("PUBLIC_URL", f"http://127.0.0.1:{port}", values.site)
        settings = cls(
            port=port,
            host=read("HOST", "127.0.0.1", str),
            public_url=public_url,
            database_url=read("DATABASE_URL", f"sqlite:///{data_dir}/voorgesprek.db", values.database),
            keyring_url=read("KEYRING_URL", f"sqlite:///{data_dir}/keys.db", values.database),
            data_dir=data_dir,
            master_key_file=read("MASTER_KEY_FILE", f"{data_dir}/master.key", Path),
            engines=read("ENGINES", "1", values.number(1, MOST_ENGINES)),
            peers=read("PEERS", "", values.sites),
            embed_origins=read("EMBED_ORIGINS", "", values.origins),
            trusted_proxies=read("TRUSTED_PROXIES", "", values.networks),
            rate_per_address=read("RATE_PER_ADDRESS", str(PER_ADDRESS), values.number(0)),
            rate_per_conversation=read("RATE_PER_CONVERSATION", str(PER_CONVERSATION), values.number(0)),
            nl_core_news_sm=read("NL_CORE_NEWS_SM", "", str),
            municipality_file=read("MUNICIPALITY_FILE", "", values.file),
            staff_key=read("STAFF_KEY", "", values.key),
            whatsapp=_whatsapp(read),
            mail=contact_settings.mail(read, public_url),
            oidc=contact_settings.oidc(read),
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


# Without all of these there is no channel; with some of them there is a mistake.
WHATSAPP = (
    "WHATSAPP_VERIFY_TOKEN",
    "WHATSAPP_APP_SECRET",
    "WHATSAPP_ACCESS_TOKEN",
    "WHATSAPP_PHONE_NUMBER_ID",
)


def _whatsapp(read: _Reader) -> WhatsAppSettings | None:
    given = {name: read(name, "", str) for name in WHATSAPP}
    absent = [name for name, value in given.items() if not value]
    if len(absent) == len(WHATSAPP):
        return None
    read.faults += [f"{name}: is missing, and WhatsApp cannot do without" for name in absent]
    return WhatsAppSettings(
        verify_token=given["WHATSAPP_VERIFY_TOKEN"],
        app_secret=given["WHATSAPP_APP_SECRET"],
        access_token=given["WHATSAPP_ACCESS_TOKEN"],
        phone_number_id=given["WHATSAPP_PHONE_NUMBER_ID"],
        graph_url=read("WHATSAPP_GRAPH_URL", GRAPH_URL, values.site),
        graph_version=read("WHATSAPP_GRAPH_VERSION", GRAPH_VERSION, values.version),
        sensitive=read("WHATSAPP_SENSITIVE", "link", values.one_of("link", "off")),
        read_receipts=read("WHATSAPP_READ_RECEIPTS", "off", values.one_of("on", "off")) == "on",
        template_invite=read("WHATSAPP_TEMPLATE_INVITE", "voorgesprek_uitnodiging", values.template),
        template_remind=read("WHATSAPP_TEMPLATE_REMIND", "voorgesprek_herinnering", values.template),
        number=read("WHATSAPP_NUMBER", "", str),
        template_go_on=read("WHATSAPP_TEMPLATE_GO_ON", "voorgesprek_verder", values.template),
    )
