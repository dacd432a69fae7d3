"""One message of the person as it came in, and what a safe reading makes of it."""

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from uuid import uuid4

LONGEST = 4000  # characters; a page has room for a few sentences an answer, and a pasted letter is cut up kindly
KEPT_CONTROLS = "\n\t"
# A space of no width: between words it is a space, between digits it only hides a number.
BETWEEN_WORDS = re.compile("(?<=\\w)(?<!\\d)\u200b+(?=\\w)|(?<=\\w)\u200b+(?=\\w)(?!\\d)")
# Turn words around or hide between digits, on the person's screen and on the contact person's.
HIDDEN = set("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Said:
    """Words or a choice, never both.

    Args:
        text: what was typed, as it came.
        choice: the value of a tapped button.
        message_id: the sender's own id, by which a repeated message is known.
        unseen: whether the question that waits was not shown here, because it is asked on our own page.
        own_id: ours, by which a turn is known that an engine took without our hearing of it.
    """

    text: str | None = None
    choice: str | None = None
    message_id: str | None = None
    unseen: bool = False
    own_id: str = field(default_factory=lambda: uuid4().hex, compare=False)

    @property
    def mark(self) -> str:
        """By what this message's reply is found again."""
        return self.message_id or self.own_id

    @cached_property
    def words(self) -> str:
        """The text without characters that nobody can see or type, and without space around it."""
        spaced = BETWEEN_WORDS.sub(" ", self.text or "")
        kept = (c for c in unicodedata.normalize("NFC", spaced) if c in KEPT_CONTROLS or not _is_control(c))
        return "".join(kept).strip()

    @property
    def is_readable(self) -> bool:
        """Whether there is a letter or a digit in any script; emoji alone say too little to keep."""
        return any(character.isalnum() for character in self.words)

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than one answer can be."""
        return len(self.words) > LONGEST

    def fingerprint(self, data_key: bytes) -> str:
        """A keyed mark of the body, by which a reused message id is told from a repeated message."""
        body = json.dumps({"text": self.text, "choice": self.choice})
        return hmac.new(data_key, b"fingerprint:" + body.encode(), hashlib.sha256).hexdigest()


def _is_control(character: str) -> bool:
    # Cc: control, Cs: half of a pair, Co: private, Cn: unassigned. Cf stays: Persian and emoji need their joiners.
    return character in HIDDEN or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
