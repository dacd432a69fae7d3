"""The store as the others see it; every call may be made from any thread and any process."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.core.errors import KeyringWrong
from bot.store import audit, backup
from bot.store.about import BORN, KEYRING, About
from bot.store.clock import Clock, iso, utc_now
from bot.store.conversations import Conversations
from bot.store.crypto import SCRYPT_COST
from bot.store.database import Database
from bot.store.envelopes import Envelopes
from bot.store.expiry import Expiry
from bot.store.invitations import Invitations
from bot.store.keyring import MOST_CONNECTIONS, Keyring
from bot.store.mails import Mails
from bot.store.masterkey import MasterKeyFile
from bot.store.migrations import migrate
from bot.store.numbers import Numbers
from bot.store.phones import Phones
from bot.store.post import Post
from bot.store.readings import Reading
from bot.store.seals import Seals
from bot.store.shares import Shares
from bot.store.tables import conversations, store_tables
from bot.store.values import Change, Created, Document, Expired, Reply, Resumed, Stored, StoreSettings


class Store:
    """Conversations and shares, unreadable for who lacks a token, a resume code or a share code.

    `phones`, `links`, `post`: channels of others, where a phone is its person; `envelopes`: peers;
    `invitations`: cards; `mails`, `seals`: contact persons; `numbers`: policy.
    """

    def __init__(self, database: Database, keyring: Keyring, clock: Clock, sends_mail: bool = False) -> None:
        self._database = database
        self._keyring = keyring
        self._clock = clock
        self._conversations = Conversations(database, keyring, clock)
        self.shares = Shares(database, keyring)
        self.phones = Phones(database, keyring)
        self.mails = Mails(database, keyring, clock, sends_mail)
        self.post = Post(database, keyring, self.phones, clock)
        self.links = keyring.links
        self.envelopes = Envelopes(keyring.peer_key, clock)
        self.invitations = Invitations(database, keyring, clock)
        self.seals = Seals(keyring.sign_on_key, clock)
        self.numbers = Numbers(database, clock)
        self._expiry = Expiry(
            database, keyring, self._conversations, self.shares, self.post, self.invitations, self.numbers
        )

    @classmethod
    def open(cls, settings: StoreSettings, clock: Clock = utc_now, scrypt_cost: int = SCRYPT_COST) -> "Store":
        """Opens both databases, brings them up to date and proves that the master key fits.

        Args:
            clock: gives the present moment, aware.
            scrypt_cost: scrypt's n for new resume codes; lower only in tests.

        Raises:
            MasterKeyMissing: there is no master key file.
            MasterKeyWrong: it is malformed, or another key made this keyring.
            KeyringWrong: this keyring did not lock the talks of this database.
            DatabaseDown: a database cannot be reached.
        """
        master = MasterKeyFile(settings.master_key_file)
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        keyring = Keyring(Database(settings.keyring_url, MOST_CONNECTIONS), master, scrypt_cost)
        database = Database(settings.database_url)
        migrate(database, "store", store_tables)
        if About(database).first(KEYRING, keyring.mark) != keyring.mark:
            raise KeyringWrong("KEYRING_URL is not the keyring of DATABASE_URL; with another keyring no talk opens")
        About(database).first(BORN, iso(clock()).encode())
        return cls(database, keyring, clock, settings.sends_mail)

    def close(self) -> None:
        """Closes all connections; the store must not be used after."""
        self._database.close()
        self._keyring.close()

    def ping(self) -> None:
        """Reads a row of both databases, and writes to both.

        Raises:
            DatabaseDown: in one of them nothing can be read, or nothing saved.
        """
        with self._database.reading() as connection:
            connection.execute(select(conversations.c.id).limit(1)).first()
        self._database.beat("store_version")
        self._keyring.ping()

    def create(self, channel: str, invitation: Document | None = None) -> Created:
        """Makes a conversation in `web` or `whatsapp`, at version 0; its record holds its resume code and its card.

        Raises:
            DatabaseDown: nothing usable was made.
        """
        return self._conversations.create(channel, invitation)

    def unlock(self, conversation_id: str, token: str) -> bytes:
        """Gives the data key of a conversation to who holds its token.

        Raises:
            TokenWrong: it is not the token of this conversation, or no longer.
            ConversationUnknown: there is no such conversation.
            DatabaseDown: a database cannot be reached.
        """
        return self._conversations.unlock(conversation_id, token)

    def owns(self, conversation_id: str, token: str) -> None:
        """Checks a token without its key, which an erasing that was cut short may have destroyed.

        Raises:
            TokenWrong, ConversationUnknown, DatabaseDown: as `unlock` says.
        """
        self._conversations.owns(conversation_id, token)

    def is_token(self, token: str) -> bool:
        """Whether this is the token of any conversation: who holds one and asks for another finds nothing.

        Raises:
            DatabaseDown: the database cannot be reached.
        """
        return self._conversations.is_token(token)

    def resume(self, code: str) -> Resumed:
        """Takes up a conversation with its resume code; the token of the former phone stops working.

        Args:
            code: 16 digits; spaces and dashes do not matter.

        Raises:
            ConversationUnknown: no conversation has this code.
            DatabaseDown: a database cannot be reached.
        """
        return self._conversations.resume(code)

    def resume_by_link(self, link: str) -> Resumed:
        """Takes up a conversation with a one-time link, as `resume` with a code; raises as `LinkKeys.spend` does."""
        conversation_id, data_key = self.links.spend(link, self._clock())
        return self._conversations.take_up(conversation_id, data_key)

    def load(self, conversation_id: str, data_key: bytes) -> Stored:
        """Reads the record of a conversation, with the version to commit against.

        Raises:
            ConversationUnknown: there is no such conversation.
            SealBroken: the data key is another conversation's, or the row was tampered with.
            DatabaseDown: the database cannot be reached.
        """
        return self._conversations.load(conversation_id, data_key)

    def messages(self, conversation_id: str, data_key: bytes, last: int = 50) -> list[Document]:
        """Reads the last messages of both sides, oldest first; none for an unknown conversation.

        Raises:
            SealBroken: the data key is another conversation's, or a row was tampered with.
            DatabaseDown: the database cannot be reached.
        """
        return self._conversations.messages(conversation_id, data_key, last)

    def reply(self, conversation_id: str, data_key: bytes, message_id: str) -> Reply | None:
        """Finds the first answer that was given to a messageId, among the last 50 that had one.

        Raises:
            SealBroken: the row was tampered with.
            DatabaseDown: the database cannot be reached.
        """
        return self._conversations.reply(conversation_id, data_key, message_id)

    def commit(self, change: Change) -> None:
        """Saves one turn in one transaction; when this returns it survives a power cut.

        Raises:
            LostRace: another turn was saved since this one was loaded.
            ConversationUnknown: the conversation was erased meanwhile.
            DatabaseDown: nothing was changed, as far as is known: a connection that breaks during the commit tells
                nothing. Who repeats the turn looks first for the reply to its messageId.
        """
        self._conversations.commit(change)

    def erase(self, conversation_id: str) -> None:
        """Destroys the key, then the rows, shares included; erasing twice is fine.

        Raises:
            DatabaseDown: a database cannot be reached; erase again.
        """
        self.post.forget(conversation_id)
        self._conversations.erase(conversation_id)

    def open_share(
        self,
        share_id: str,
        code: str,
        now: datetime | None = None,
        address: str = "",
        reading: Reading | None = None,
    ) -> Document:
        """Opens a shared page for who holds link and code, and notes what they did with it; see `Shares.open`.

        Args:
            now: the present moment, if not the store's clock's.
            address: where the call comes from; kept as a pseudonym, with each try, in the audit.
        """
        actor = self._keyring.pseudonym(address) if address else audit.UNKNOWN
        return self.shares.open(share_id, code, now or self._clock(), actor, reading or Reading())

    def audit(self, share_id: str | None = None) -> Iterable[Document]:
        """Tells who or what did what to which share, oldest first; see `audit.read`.

        Raises:
            DatabaseDown: the database cannot be reached.
        """
        return audit.read(self._database, share_id)

    def expire(self, now: datetime | None = None) -> Expired:
        """Erases talks and shared pages whose time is over, and what was left half made or half erased.

        It may run at any time, in several processes, and again after it was cut short.

        Raises:
            DatabaseDown: it stopped half way; run it again.
        """
        return self._expiry.run(now or self._clock())

    def relock(self) -> int:
        """Locks by the current master key what an earlier one locked; tells how many rows.

        Raises:
            MasterKeyWrong: the file lacks the key of a row.
            DatabaseDown: it stopped half way; run it again.
        """
        return self._keyring.relock()

    def backup(self, folder: Path) -> Path:
        """See `backup.py`."""
        return backup.backup(self._database, folder)

    def restore(self, path: Path) -> int:
        """See `backup.py`."""
        return backup.restore(self._database, path)
