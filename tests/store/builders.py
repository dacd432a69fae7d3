"""What the store's tests need again and again."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect, text

from bot.core.errors import LostRace
from bot.core.hours import AMSTERDAM
from bot.core.invitations import Invited
from bot.core.terms import Ends
from bot.store import shares
from bot.store.store import Store
from bot.store.values import Change, Created, Renewed, Reply, SealedShare

CHEAP = 2**4  # scrypt's n; the real one takes 40 ms a code
NOON = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
MEETING = datetime(2025, 11, 20, 10, 30, tzinfo=AMSTERDAM)
INVITED = Invited("Karin de Boer", "k.de.boer@gemeente.example", MEETING, "Z-2025-12")
PAGE = {"sections": [{"topic": "goals", "title": "Wat ik wil", "lines": []}], "sharedAt": "x", "expiresAt": "y"}


@dataclass(frozen=True)
class Places:
    """Settings as the store wants them."""

    database_url: str
    keyring_url: str
    data_dir: Path
    master_key_file: Path
    sends_mail: bool = False

    def on_a_copy_of(self, folder: Path) -> "Places":
        """The same places on SQLite, with all files copied to another folder."""
        shutil.copytree(self.data_dir, folder)
        moved = {"database_url": f"sqlite:///{folder}/words.db", "keyring_url": f"sqlite:///{folder}/keys.db"}
        return replace(self, **moved, data_dir=folder, master_key_file=folder / "master.key")


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **span: float) -> None:
        self.now += timedelta(**span)


def a_change(store: Store, talk: Created, **parts: Any) -> Change:
    """A change of the conversation as it is now."""
    stored = store.load(talk.conversation_id, talk.data_key)
    record, ends = parts.pop("record", stored.record), parts.pop("ends", Ends(store._clock() + timedelta(days=30)))
    return Change(talk.conversation_id, talk.data_key, stored.version, record, ends, **parts)


def a_message(words: str = "Goed.") -> dict[str, Any]:
    return {"id": "1", "at": "2025-11-03T12:00:00Z", "from": "person", "text": words, "kind": "info", "choices": []}


def a_reply(message_id: str = "m1", fingerprint: str = "f") -> Reply:
    return Reply(message_id, fingerprint, {"messages": [a_message("Dank u.")]})


def a_share(page: dict[str, Any] = PAGE, days: int = 30) -> SealedShare:
    return shares.seal(page, NOON + timedelta(days=days), CHEAP)


def shared(store: Store, talk: Created, share: SealedShare | None = None) -> SealedShare:
    """Shares a page and gives it back."""
    share = share or a_share()
    store.commit(a_change(store, talk, new_shares=[share]))
    return share


def renewed(share: SealedShare, page: dict[str, Any] = PAGE) -> Renewed:
    """A newer copy of a shared page."""
    return Renewed(share.share_id, shares.reseal(share.share_id, share.key, page), share.expires_at)


def another_code(code: str) -> str:
    """Six digits that are not these."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def commit_until_it_holds(store: Store, talk: Created) -> None:
    """Takes one turn, again after each lost race."""
    while True:
        try:
            return store.commit(a_change(store, talk, messages=[a_message()]))
        except LostRace:
            continue


def rows(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of a database, but for what it knows of itself."""
    engine = create_engine(url, future=True)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {
            name: [dict(row) for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()] for name in names
        }
    engine.dispose()
    return {name: rows for name, rows in found.items() if not name.endswith("_version") and name != "about"}


def raw_bytes(places: Places) -> bytes:
    """All that is on disk: the files with their logs and the columns, the master key excepted."""
    files = [path for path in places.data_dir.glob("*.db*") if path.is_file()]
    columns = [rows(places.database_url), rows(places.keyring_url)]
    values = [v for tables in columns for table in tables.values() for row in table for v in row.values()]
    return b"\n".join([path.read_bytes() for path in files] + [_bytes(value) for value in values])


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
