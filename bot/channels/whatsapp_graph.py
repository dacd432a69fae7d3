"""Sends to Meta's Cloud API, and knows which of its errors pass by themselves."""

from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.settings import WhatsAppSettings
from bot.store.phones import Sender

SECONDS = 15
# Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (seen August 2026).
PASSING = frozenset({1, 2, 4, 80007, 130429, 131000, 131016, 131056})
WINDOW = frozenset({131047})  # more than 24 hours since the person wrote: templates only
TOKEN = frozenset({0, 3, 10, 190, 200, 131005})  # the access token expired, or may not do this
ACCOUNT = frozenset({368, 131031, 131042, 131045, 133010})  # blocked, not paid for, or not registered
NO_CODE = -1
Body = dict[str, Any]


class GraphRefused(Exception):
    """Meta did not take a message.

    Args:
        code: Meta's error code; -1 where there is none.
    """

    def __init__(self, code: int, is_passing: bool) -> None:
        super().__init__(code)
        self.code, self.is_passing = code, is_passing

    @classmethod
    def of(cls, code: int) -> Self:
        """The refusal with this code."""
        return cls(code, code in PASSING)

    @property
    def is_window(self) -> bool:
        """Whether the person wrote too long ago for a free text."""
        return self.code in WINDOW

    @property
    def is_token(self) -> bool:
        """Whether nothing can be sent until somebody renews the access token."""
        return self.code in TOKEN

    @property
    def is_account(self) -> bool:
        """Whether nothing can be sent until somebody sets the account right."""
        return self.code in ACCOUNT


class Graph:
    """One number at Meta."""

    def __init__(self, settings: WhatsAppSettings) -> None:
        """Prepare; nothing is opened yet."""
        number = f"{settings.graph_url}/{settings.graph_version}/{settings.phone_number_id}"
        self._address = f"{number}/messages"
        self._headers = {"Authorization": f"Bearer {settings.access_token}"}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the connection."""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        self._session = aiohttp.ClientSession(headers=self._headers, timeout=timeout)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    async def send(self, to: Sender, body: Body, reference: str = "") -> str:
        """Send one message.

        Args:
            body: with its `type`, as `whatsapp_rendering` makes it.
            reference: what Meta repeats in each status of this message.

        Returns:
            Meta's id of the message.

        Raises:
            GraphRefused: it was not taken.
        """
        whom = {"to": to.number} if to.number else {"recipient": to.user}
        beside = {"biz_opaque_callback_data": reference} if reference else {}
        message = {"messaging_product": "whatsapp", "recipient_type": "individual", **whom, **beside, **body}
        answer = await self._post(message)
        sent = answer.get("messages")
        first = sent[0] if isinstance(sent, list) and sent else None
        return str(first.get("id", "")) if isinstance(first, dict) else ""

    async def mark_read(self, message_id: str) -> None:
        """Show that a message was read; whether that works does not matter."""
        try:
            await self._post({"messaging_product": "whatsapp", "status": "read", "message_id": message_id})
        except GraphRefused:
            return

    async def _post(self, body: Body) -> Body:
        if self._session is None:
            raise GraphRefused(NO_CODE, is_passing=True)
        try:
            async with self._session.post(self._address, json=body) as response:
                answer = await _json(response)
                if response.status < 400:
                    return answer
                raise _refused(response.status, answer)
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise GraphRefused(NO_CODE, is_passing=True) from None


async def _json(response: aiohttp.ClientResponse) -> Body:
    try:
        answer = await response.json(content_type=None)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _refused(status: int, answer: Body) -> GraphRefused:
    error = answer.get("error")
    code = error.get("code", NO_CODE) if isinstance(error, dict) else NO_CODE
    code = code if isinstance(code, int) else NO_CODE
    is_passing = code in PASSING or (code == NO_CODE and (status >= 500 or status == 429))
    return GraphRefused(190 if status == 401 and code == NO_CODE else code, is_passing)
