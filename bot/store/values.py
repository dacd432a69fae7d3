"""What goes into the store and what comes out of it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.core.terms import Ends
from bot.store.numbers import Counted

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

    `fingerprint` is the caller's own hash of the body; it is sealed together with the state. `version` is that of the
    record after this turn, where the store gives it back.
    """

    message_id: str
    fingerprint: str
    state: Document = field(repr=False)
    version: int = field(default=0, compare=False)


@dataclass(frozen=True)
class SealedShare:
    """One shared page, locked; the id and the code go to the person, the key into their record.

    `by_code` is the key again, locked by id and code, for the keyring; `scrypt_cost` is the n that made that lock.
    """

    share_id: str
    code: str = field(repr=False)
    key: bytes = field(repr=False)
    by_code: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)
    expires_at: datetime
    scrypt_cost: int


@dataclass(frozen=True)
class Mail:
    """One e-mail that tells a contact person that a page can be opened.

    Args:
        to: the address.
        reference: the municipality's own mark of the case; may be empty.
        claimed: until when this process may send it.
    """

    share_id: str = field(repr=False)
    to: str = field(repr=False)
    reference: str = field(default="", repr=False)
    tries: int = 0
    claimed: datetime | None = None


@dataclass(frozen=True)
class Renewed:
    """A newer copy of a shared page, or another end."""

    share_id: str
    ciphertext: bytes = field(repr=False)
    expires_at: datetime


@dataclass
class Change:
    """All that one turn changes in a conversation; committed whole or not at all.

    `version` is the one that was loaded; `messages` are the new ones of both sides, in order.
    `claims` is the id of the invitation that the talk takes from now on.
    `ends` says how long talk and token live from this turn on; `forget_messages` deletes those of before. `counted` is
    added to the numbers for policy. With `erase` nothing else is looked at.
    """

    conversation_id: str
    data_key: bytes = field(repr=False)
    version: int
    record: Document = field(repr=False)
    ends: Ends
    messages: list[Document] = field(default_factory=list, repr=False)
    reply: Reply | None = None
    new_shares: list[SealedShare] = field(default_factory=list)
    renewed: list[Renewed] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    claims: str | None = None
    mails: list[Mail] = field(default_factory=list)
    forget_messages: bool = False
    counted: Counted | None = None
    erase: bool = False


@dataclass(frozen=True)
class Expired:
    """What the job that erases did.

    Args:
        erased: talks whose time was over.
        orphans: keys without a talk, and talks without a key.
        clock_jumped: nothing was erased, because the clock is suddenly more than a day later.
    """

    erased: int = 0
    orphans: int = 0
    clock_jumped: bool = False


@dataclass(frozen=True)
class Delivered:
    """One message as the provider delivered it.

    Args:
        message_id: the provider's id.
        said_at: when the person sent it.
        address: who sent it, so that their messages are answered in order; not kept once that is done.
        content: what it says; None keeps it off the disk.
        mark: its keyed hash, once it was received.
    """

    message_id: str = field(repr=False)
    said_at: datetime
    address: str = field(default="", repr=False)
    content: Document | None = field(default=None, repr=False)
    mark: bytes = b""


@dataclass(frozen=True)
class Letter:
    """One message to be sent.

    Args:
        person: the keyed hash of who gets it.
        body: what is sent, address included.
        urgent: whom to call: it overtakes what else waits for this person.
        reference: what the provider repeats when it tells what became of it.
    """

    person: bytes
    body: Document = field(repr=False)
    urgent: bool = False
    seq: int = 0
    tries: int = 0
    made_at: datetime | None = None
    reference: str = ""


class StoreSettings(Protocol):
    """The settings the store needs."""

    @property
    def database_url(self) -> str:
        """Where the words are, as SQLAlchemy writes it."""

    @property
    def keyring_url(self) -> str:
        """Where the keys are; another database than the words."""

    @property
    def data_dir(self) -> Path:
        """The folder for files; made when absent."""

    @property
    def master_key_file(self) -> Path:
        """The file with the master keys."""

    @property
    def sends_mail(self) -> bool:
        """Whether an e-mail that is put in the queue will be sent."""
