"""Tells contact persons by e-mail that a page can be opened, and nothing of what is on it."""

import asyncio
import os
import smtplib
import ssl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from string import Template

import structlog
from aiohttp import web

from bot.contact_settings import MailSettings, Smtp
from bot.core.errors import told
from bot.store import crypto
from bot.store.mails import Mails
from bot.store.values import Mail

log = structlog.get_logger()

TEMPLATE = Path(__file__).parent / "templates" / "mail.txt"
IDLE_SECONDS = 3.0
SOCKET_SECONDS = 20  # for one step of SMTP
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)
REFUSED_WAIT = timedelta(hours=6)  # an address that does not exist will not exist in a minute
Way = Callable[[EmailMessage], None]


class Mailing:
    """The one loop of a gateway that sends e-mail."""

    def __init__(self, settings: MailSettings, mails: Mails, public_url: str, now: Callable[[], datetime]) -> None:
        """Prepare to send."""
        self._settings, self._mails, self._public_url, self._now = settings, mails, public_url, now
        subject, _, text = TEMPLATE.read_text(encoding="utf-8").partition("\n")
        self._subject, self._text = subject, text.lstrip("\n")
        # the default threads are the database's: a mail server that hangs must not take them
        self._threads = ThreadPoolExecutor(1, "mail")

    async def run(self, app: web.Application) -> AsyncIterator[None]:
        """Send as long as the application runs."""
        loop = asyncio.create_task(self._loop())
        yield
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
        self._threads.shutdown(wait=False)

    async def once(self) -> bool:
        """Send one that waits; whether there was one."""
        mail = await asyncio.to_thread(self._mails.take)
        if mail is None:
            return False
        way, message = self._way(), self.message(mail)
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, way, message)
        except (OSError, smtplib.SMTPException) as error:  # OSError: no connection, no TLS, no room in the folder
            await self._failed(mail, error)
            return True
        await asyncio.to_thread(self._mails.sent, mail)
        log.info("mail_sent", tries=mail.tries)
        return True

    def message(self, mail: Mail) -> EmailMessage:
        """The e-mail: that a page waits, the mark of the case and the link; nobody's name, and no word of the page.

        Raises:
            ValueError: an address that would be more than one line.
        """
        text = (
            self._text
            if mail.reference
            else "".join(line for line in self._text.splitlines(keepends=True) if "$reference" not in line)
        )
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._settings.sender, mail.to, self._subject
        message["Date"] = format_datetime(self._now())
        # the same at every try, so that a mail server can see that it has it already
        mark = crypto.plain_hash(mail.share_id).hex()[:32]
        message["Message-ID"] = f"<{mark}@{self._settings.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        fields = {"reference": " ".join(mail.reference.split()), "link": f"{self._public_url}/s/{mail.share_id}"}
        message.set_content(Template(text).substitute(fields))
        return message

    async def _loop(self) -> None:
        while True:
            try:
                is_busy = await self.once()
            except Exception as error:  # noqa: BLE001  # whatever it is, mostly the database: what waits is safe there
                log.error("mail_queue_unread", **told(error))
                is_busy = False
            if not is_busy:
                await asyncio.sleep(IDLE_SECONDS)

    async def _failed(self, mail: Mail, error: Exception) -> None:
        if _is_refused(error):
            log.warning("mail_refused", tries=mail.tries, **told(error))
            wait = REFUSED_WAIT
        else:
            log.warning("mail_not_sent", tries=mail.tries, **told(error))
            wait = min(FIRST_WAIT * 2 ** min(mail.tries, 10), LONGEST_WAIT)
        await asyncio.to_thread(self._mails.postpone, mail, self._now() + wait)

    def _way(self) -> Way:
        settings = self._settings
        if settings.smtp is not None:
            smtp = settings.smtp
            return lambda message: by_smtp(smtp, message)
        folder = settings.spool or Path()
        return lambda message: to_folder(folder, message)


def _is_refused(error: Exception) -> bool:
    """Whether the server said for good that nobody has this address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())


def by_smtp(smtp: Smtp, message: EmailMessage) -> None:
    """Give an e-mail to a server; blocks.

    Raises:
        OSError, smtplib.SMTPException: it was not taken; without TLS nothing leaves this machine.
    """
    trust = ssl.create_default_context()
    if smtp.is_tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=SOCKET_SECONDS, context=trust)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=SOCKET_SECONDS)
    with server:
        server.ehlo()
        if not smtp.is_tls and (server.has_extn("starttls") or not smtp.is_local):
            server.starttls(context=trust)
        if smtp.user:
            server.login(smtp.user, smtp.password)
        server.send_message(message)


def to_folder(folder: Path, message: EmailMessage) -> None:
    """Write an e-mail to a file of its own, whole or not at all; blocks.

    Raises:
        OSError: it was not written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    draft = folder / f".{name}.{os.getpid()}.draft"
    with suppress(FileNotFoundError):
        draft.unlink()
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / f"{name}.eml")
