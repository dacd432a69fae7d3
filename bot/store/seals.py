"""Seals what a browser keeps for us for a while: any gateway can read it, and nobody else."""

import base64
import binascii
from datetime import timedelta

from bot.store import crypto
from bot.store.clock import Clock
from bot.store.values import Document


class Seals:
    """The seals of what is not worth a row: it lives in a cookie, and ends by itself."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        """Seal with this key.

        Args:
            key: 32 bytes that all gateways share.
            clock: gives the present moment, aware.
        """
        self._key, self._clock = key, clock

    def seal(self, content: Document, place: str, lives: timedelta) -> str:
        """The content as letters that a cookie may hold.

        Args:
            place: what it is for; elsewhere it does not open.
        """
        ends = (self._clock() + lives).timestamp()
        sealed = crypto.seal_json(self._key, {"ends": ends, "content": content}, "seal", place)
        return base64.urlsafe_b64encode(sealed).decode()

    def open(self, text: str, place: str) -> Document | None:
        """What was sealed for this place; None when that is over, or it was never sealed here."""
        try:
            sealed = base64.urlsafe_b64decode(text.encode("ascii"))
            found: Document = crypto.unseal_json(self._key, sealed, "seal", place)
        except (crypto.SealBroken, binascii.Error, UnicodeEncodeError):
            return None
        content: Document = found["content"]
        return content if self._clock().timestamp() < found["ends"] else None
