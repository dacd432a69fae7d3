"""Seals what gateways tell each other: whoever has the keyring open is one of us, and nobody else reads along.

A seal is proof and secrecy in one. What was sealed more than half a minute ago, or came before, is refused: who listens
on the wire could otherwise ask for a talk a second time.
"""

import os
import threading
from dataclasses import dataclass, field

from bot.core.errors import PeerUnknown
from bot.core.recent import Recent
from bot.store import crypto
from bot.store.clock import Clock
from bot.store.values import Document

FRESH_SECONDS = 30.0  # for the way, and for clocks that differ
MARK_BYTES = 16
REMEMBERED = 100_000  # marks; three thousand letters a second for as long as one of them could come again


@dataclass(frozen=True)
class Letter:
    """What one gateway asks of another.

    Args:
        mark: by which it is told from others, and its answer from other answers.
    """

    mark: str
    content: Document = field(repr=False)


class Envelopes:
    """The seals of one process."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        """Seal with this key.

        Args:
            key: 32 bytes that all gateways share.
            clock: gives the present moment, aware.
        """
        self._key, self._clock = key, clock
        self._seen: Recent[str, None] = Recent(REMEMBERED)
        self._lock = threading.Lock()

    def seal(self, content: Document) -> tuple[str, bytes]:
        """Seal a letter; gives its mark and the bytes to send."""
        mark = os.urandom(MARK_BYTES).hex()
        letter = {"mark": mark, "at": self._clock().timestamp(), "content": content}
        return mark, crypto.seal_json(self._key, letter, "letter")

    def open(self, sealed: bytes) -> Letter:
        """Open a letter, once.

        Raises:
            PeerUnknown: not sealed by one of us, sealed too long ago, or opened before.
        """
        letter = self._unsealed(sealed, "letter")
        if abs(self._clock().timestamp() - letter["at"]) > FRESH_SECONDS:
            raise PeerUnknown("sealed at another time")
        with self._lock:
            if letter["mark"] in self._seen:
                raise PeerUnknown("came before")
            self._seen[letter["mark"]] = None
        return Letter(letter["mark"], letter["content"])

    def answer(self, letter: Letter, content: Document) -> bytes:
        """Seal the answer to a letter, and to no other one."""
        return crypto.seal_json(self._key, content, "answer", letter.mark)

    def answered(self, mark: str, sealed: bytes) -> Document:
        """Open the answer to the letter with this mark.

        Raises:
            PeerUnknown: it is not the answer of one of us to this letter.
        """
        return self._unsealed(sealed, "answer", mark)

    def _unsealed(self, sealed: bytes, *place: str) -> Document:
        try:
            found: Document = crypto.unseal_json(self._key, sealed, *place)
        except crypto.SealBroken as error:
            raise PeerUnknown("not sealed by one of us") from error
        return found
