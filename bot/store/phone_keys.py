"""Keeps the keys of conversations that a phone opens, and those of one-time links.

A phone holds no token, so there the inner lock is made of the keyring's own index key: who runs the server can open
it. A link's inner lock is made of its token, which nobody has but who got the link.
"""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Row

from bot.core.errors import ConversationUnknown, LinkUnknown
from bot.store import codes, crypto
from bot.store.database import Database
from bot.store.masterkey import MasterKeyFile
from bot.store.tables import link_keys, phone_keys

PHONE, LINK = "by_server", "by_link"  # the places that the outer locks are bound to


class PhoneKeys:
    """The data keys of conversations in WhatsApp, locked inside by the server and outside by the master key."""

    def __init__(self, database: Database, master: MasterKeyFile, index_key: bytes) -> None:
        self._database = database
        self._master = master
        self._index_key = index_key

    def add(self, conversation_id: str, data_key: bytes, now: datetime) -> None:
        """Keeps a data key for who writes from the conversation's phone; a second time changes nothing."""
        inner = crypto.seal(self._inner(conversation_id), data_key, PHONE, conversation_id)
        master = self._master.keys()
        row = {"conversation_id": conversation_id, "master_id": master.current, "made_at": now}
        row[PHONE] = master.lock(inner, PHONE, conversation_id)
        with self._database.writing() as connection:
            connection.execute(delete(phone_keys).where(phone_keys.c.conversation_id == conversation_id))
            connection.execute(insert(phone_keys), row)

    def open(self, conversation_id: str) -> bytes:
        """Gives the data key.

        Raises:
            ConversationUnknown: there is none.
        """
        with self._database.reading() as connection:
            mine = phone_keys.c.conversation_id == conversation_id
            row = connection.execute(select(phone_keys).where(mine)).one_or_none()
        if row is None:
            raise ConversationUnknown(conversation_id)
        inner = self._master.keys().unlock(row.master_id, row.by_server, PHONE, conversation_id)
        return crypto.unseal(self._inner(conversation_id), inner, PHONE, conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Destroys the phone's key: from then on only a token, a code or a link opens the conversation."""
        with self._database.writing() as connection:
            connection.execute(delete(phone_keys).where(phone_keys.c.conversation_id == conversation_id))
        self._database.forget_deleted()

    def _inner(self, conversation_id: str) -> bytes:
        return crypto.derived(self._index_key, "phone", conversation_id.encode())


class LinkKeys:
    """The data keys behind one-time links."""

    def __init__(self, database: Database, master: MasterKeyFile) -> None:
        self._database = database
        self._master = master

    def make(self, conversation_id: str, data_key: bytes, ends_at: datetime, token: str = "") -> str:
        """Makes a link that opens a conversation once.

        Args:
            token: a secret of 256 bits that was made slowly out of a code; without, a random one.

        Returns:
            The link's token, 256 bits; only its hash is kept.
        """
        token = token or codes.new_token()
        link_hash, master = crypto.plain_hash(token), self._master.keys()
        inner = crypto.seal(_inner(token), data_key, LINK, conversation_id)
        row = {"link_hash": link_hash, "conversation_id": conversation_id, "ends_at": ends_at}
        row |= {"master_id": master.current, LINK: master.lock(inner, LINK, link_hash.hex())}
        with self._database.writing() as connection:
            connection.execute(insert(link_keys), row)
        return token

    def spend(self, token: str, now: datetime) -> tuple[str, bytes]:
        """Opens a link for the first and last time; the conversation's other links are spent with it.

        Returns:
            The conversation's id and its data key.

        Raises:
            LinkUnknown: it was used, its time is over, or it never was a link.
        """
        row = self._take(crypto.plain_hash(token), now)
        if row is None:
            raise LinkUnknown
        inner = self._master.keys().unlock(row.master_id, row.by_link, LINK, row.link_hash.hex())
        return row.conversation_id, crypto.unseal(_inner(token), inner, LINK, row.conversation_id)

    def forget_old(self, now: datetime) -> None:
        """Destroys the keys of links whose time is over."""
        with self._database.writing() as connection:
            connection.execute(delete(link_keys).where(link_keys.c.ends_at <= now))

    def _take(self, link_hash: bytes, now: datetime) -> Row | None:
        wanted = select(link_keys).where(link_keys.c.link_hash == link_hash, link_keys.c.ends_at > now)
        with self._database.writing() as connection:
            row = connection.execute(wanted).one_or_none()
            if row is None:
                return None
            # The row itself decides: of two taps at once only one deletes it.
            gone = connection.execute(delete(link_keys).where(link_keys.c.link_hash == link_hash)).rowcount
            connection.execute(delete(link_keys).where(link_keys.c.conversation_id == row.conversation_id))
        return row if gone else None


def _inner(token: str) -> bytes:
    return crypto.key_from_token(token, b"")
