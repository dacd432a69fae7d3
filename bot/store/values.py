"""What goes into the store and what comes out of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Created:
    """A conversation just made, with all that only its owner may hold."""

    conversation_id: str
    token: str = field(repr=False)
    resume_code: str = field(repr=False)
    data_key: bytes = field(repr=False)


@dataclass(frozen=True)
class Resumed:
    """A conversation taken up again with its code; the token is new, the older one is dead."""

    conversation_id: str
    token: str = field(repr=False)
    data_key: bytes = field(repr=False)


@dataclass(frozen=True)
class Stored:
    """A conversation's record as it was at one version."""

    conversation_id: str
    version: int
    record: Document = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """The first answer to a messageId, kept so that a repeat gives the same again.

    `fingerprint` is the caller's own hash of the body; it is sealed together with the state.
    """

    message_id: str
    fingerprint: str
    state: Document = field(repr=False)


@dataclass(frozen=True)
class SealedShare:
    """One shared page, locked; the id and the code go to the person, the key into their record.

    `scrypt_cost` is the n that made the key out of the code.
    """

    share_id: str
    code: str = field(repr=False)
    key: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)
    expires_at: datetime
    scrypt_cost: int


@dataclass
class Change:
    """All that one turn changes in a conversation; committed whole or not at all.

    `version` is the one that was loaded; `messages` are the new ones of both sides, in order.
    `renewed` pairs a share id with its new ciphertext. With `erase` nothing else is looked at.
    """

    conversation_id: str
    data_key: bytes = field(repr=False)
    version: int
    record: Document = field(repr=False)
    messages: list[Document] = field(default_factory=list, repr=False)
    reply: Reply | None = None
    new_shares: list[SealedShare] = field(default_factory=list)
    renewed: list[tuple[str, bytes]] = field(default_factory=list, repr=False)
    withdrawn: list[str] = field(default_factory=list)
    erase: bool = False
