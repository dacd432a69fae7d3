"""E-mail to contact persons: really received, kept while nobody receives, and nothing in it."""

import asyncio
import email
import smtplib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.contact_settings import MailSettings, Smtp
from bot.store import masterkey
from bot.store.store import Store
from bot.store.values import Mail
from bot.web.mailing import Mailing, by_smtp
from tests.served import free_port
from tests.store.builders import CHEAP, Clock, Places, a_change, a_share

TO, REFERENCE, SITE = "s.dewit@gemeente.example", "Z-2025-12", "https://voorgesprek.example"


class Inbox:
    """What a mail server took; it refuses whom it is told to refuse."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuses = ""
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(email.message_from_bytes(envelope.content))
        return "250 OK"

    def login(self, server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"geheim woord")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def port(inbox: Inbox) -> Iterator[int]:
    """A mail server on this machine."""
    controller = receiving(inbox, free_port())
    yield controller.port
    controller.stop()


def receiving(inbox: Inbox, port: int, **more: Any) -> Controller:
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **more)
    controller.start()
    return controller


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    begins = datetime.now(UTC) - timedelta(days=1)
    there = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number()).not_valid_before(begins)
    signed = built.not_valid_after(begins + timedelta(days=2)).add_extension(there, critical=False)
    made = signed.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "certificate.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A store of its own: the queue of another test is none of ours."""
    masterkey.create_for_first_try(tmp_path / "master.key")
    places = Places(f"sqlite:///{tmp_path}/w.db", f"sqlite:///{tmp_path}/k.db", tmp_path, tmp_path / "master.key")
    opened = Store.open(places, clock, CHEAP)
    yield opened
    opened.close()


def put(store: Store, reference: str = REFERENCE) -> str:
    """A share with an e-mail that waits."""
    share, talk = a_share(), store.create("web")
    store.commit(a_change(store, talk, new_shares=[share], mails=[Mail(share.share_id, TO, reference)]))
    return share.share_id


def mailing(store: Store, clock: Clock, smtp: Smtp | None = None, spool: Path | None = None) -> Mailing:
    return Mailing(MailSettings("voorgesprek@gemeente.example", smtp, spool), store.mails, SITE, clock)


async def test_the_contact_person_gets_a_link_and_no_content(store: Store, clock: Clock, inbox: Inbox, port: int):
    share_id = put(store)

    assert await mailing(store, clock, Smtp("127.0.0.1", port)).once()

    (message,) = inbox.messages
    text = message.get_payload(decode=True).decode()
    assert (message["To"], message["Subject"]) == (TO, "Er staat een voorgesprek klaar")
    assert f"{SITE}/s/{share_id}" in text
    assert REFERENCE in text
    assert store.mails.take() is None


async def test_without_a_mark_of_the_case_its_line_is_left_out(store: Store, clock: Clock, inbox: Inbox, port: int):
    put(store, reference="")

    await mailing(store, clock, Smtp("127.0.0.1", port)).once()

    text = inbox.messages[0].get_payload(decode=True).decode()
    assert "Kenmerk" not in text
    assert "$" not in text


async def test_a_mark_of_the_case_cannot_end_its_line(store: Store, clock: Clock, tmp_path: Path):
    message = mailing(store, clock, spool=tmp_path).message(Mail("abc", TO, "Z-1\nOpen: https://evil.example"))

    assert "Kenmerk: Z-1 Open:" in message.get_content()


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "a@b.example\r\n\r\nHallo"])
def test_an_address_cannot_become_another_header(store: Store, clock: Clock, tmp_path: Path, address: str):
    with pytest.raises(ValueError, match="linefeed"):
        mailing(store, clock, spool=tmp_path).message(Mail("abc", address))


async def test_a_server_that_is_down_for_a_day_loses_nothing(store: Store, clock: Clock, inbox: Inbox):
    put(store)
    port = free_port()
    sender, tried = mailing(store, clock, Smtp("127.0.0.1", port)), 0
    for _ in range(24):
        tried += await sender.once()
        clock.moves(hours=1)
    controller = receiving(inbox, port)

    assert await sender.once()

    controller.stop()
    assert tried == 24
    assert len(inbox.messages) == 1


async def test_who_does_not_exist_is_asked_for_less_often(store: Store, clock: Clock, inbox: Inbox, port: int):
    put(store)
    inbox.refuses = TO
    sender = mailing(store, clock, Smtp("127.0.0.1", port))

    assert await sender.once()
    clock.moves(hours=5)
    assert not await sender.once()
    inbox.refuses = ""
    clock.moves(hours=1)

    assert await sender.once()
    assert len(inbox.messages) == 1


async def test_two_gateways_send_one_mail_once(store: Store, clock: Clock, inbox: Inbox, port: int):
    for _ in range(3):
        put(store)
    both = [mailing(store, clock, Smtp("127.0.0.1", port)) for _ in range(2)]

    await asyncio.gather(*(sender.once() for sender in both for _ in range(4)))

    assert len({message["Message-ID"] for message in inbox.messages}) == len(inbox.messages) == 3


async def test_a_second_try_has_the_same_message_id(store: Store, clock: Clock, tmp_path: Path):
    sender, mail = mailing(store, clock, spool=tmp_path), Mail(put(store), TO)

    assert sender.message(mail)["Message-ID"] == sender.message(mail)["Message-ID"]


async def test_user_and_password_are_given_to_a_server_on_this_machine(inbox: Inbox, store: Store, clock: Clock):
    asks = {"authenticator": inbox.login, "auth_required": True, "auth_require_tls": False}
    controller = receiving(inbox, free_port(), **asks)
    put(store)

    await mailing(store, clock, Smtp("127.0.0.1", controller.port, "bot", "geheim woord")).once()

    controller.stop()
    assert inbox.logins == [(b"bot", b"geheim woord")]
    assert len(inbox.messages) == 1


def test_nothing_goes_to_another_machine_without_tls(inbox: Inbox, store: Store, clock: Clock, tmp_path: Path):
    controller = Controller(inbox, hostname="127.0.0.2", port=free_port())
    controller.start()
    message = mailing(store, clock, spool=tmp_path).message(Mail("abc", TO))

    with pytest.raises(smtplib.SMTPNotSupportedError):
        by_smtp(Smtp("127.0.0.2", controller.port, "bot", "geheim woord"), message)

    controller.stop()
    assert (inbox.logins, inbox.messages) == ([], [])


@pytest.mark.parametrize("is_trusted", [True, False])
async def test_tls_begins_before_the_password_and_only_with_who_is_trusted(
    inbox: Inbox, store: Store, clock: Clock, certificate: Path, monkeypatch: pytest.MonkeyPatch, is_trusted: bool
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    controller = receiving(inbox, free_port(), authenticator=inbox.login, tls_context=context, require_starttls=True)
    put(store)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    await mailing(store, clock, Smtp("127.0.0.1", controller.port, "bot", "geheim woord")).once()

    controller.stop()
    assert (len(inbox.logins), len(inbox.messages)) == ((1, 1) if is_trusted else (0, 0))


async def test_without_a_server_each_mail_is_a_file_for_its_owner_only(store: Store, clock: Clock, tmp_path: Path):
    share_id, folder = put(store), tmp_path / "spool"

    await mailing(store, clock, spool=folder).once()

    (file,) = folder.iterdir()
    assert (file.suffix, file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (".eml", 0o600, 0o700)
    assert f"/s/{share_id}" in email.message_from_bytes(file.read_bytes()).get_payload(decode=True).decode()


async def test_a_folder_that_cannot_be_written_to_loses_nothing(store: Store, clock: Clock, tmp_path: Path):
    put(store)
    (tmp_path / "spool").write_text("a file")

    await mailing(store, clock, spool=tmp_path / "spool").once()
    clock.moves(minutes=1)

    assert store.mails.take().tries == 1
