"""Who opened a shared page, that it was read, and the line that came back; sealed with the page's own key."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Row

from bot.core.errors import ShareClosed
from bot.store import audit, crypto
from bot.store.clock import iso
from bot.store.database import Database
from bot.store.tables import shares
from bot.store.values import Document

MOST_NAMES = 5  # the first who opened it, and a few others


@dataclass(frozen=True)
class Reader:
    """Who opens a page.

    Args:
        name: as typed, or as the municipality's sign-on gave it.
        is_signed_on: which of the two.
    """

    name: str = field(repr=False)
    is_signed_on: bool = False


@dataclass(frozen=True)
class Reading:
    """What somebody with link and code does with a page.

    Args:
        reader: None where no name was given.
        is_read: whether they tell that they read it, rather than only open it.
        line: what they send back with that; may be empty.
    """

    reader: Reader | None = None
    is_read: bool = False
    line: str = field(default="", repr=False)

    def after(self, seen: Document, now: datetime) -> Document:
        """What is known of a page's readers after this; the first one and the first time stay, and the last line."""
        seen = {**seen, "readers": self._readers(seen.get("readers", []), now)}
        if not self.is_read:
            return seen
        is_news = "readAt" not in seen or (self.line and self.line != seen.get("line"))
        by = self.reader.name if self.reader else seen.get("by")
        told = {"readAt": seen.get("readAt", iso(now)), "line": self.line or seen.get("line"), "by": by}
        return {**seen, **told, "news": seen.get("news", 0) + int(bool(is_news))}

    def _readers(self, readers: list[Document], now: datetime) -> list[Document]:
        if self.reader is None:
            return readers
        me = {"name": self.reader.name, "signedOn": self.reader.is_signed_on}
        is_known = any({name: one[name] for name in me} == me for one in readers)
        return readers if is_known or len(readers) >= MOST_NAMES else [*readers, {**me, "at": iso(now)}]


class Readings:
    """What is known of the readers of shared pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, share_id: str, key: bytes, reading: Reading, now: datetime, actor: str) -> None:
        """Notes what somebody did with a page that they opened.

        Args:
            key: the page's own.
            actor: who asked, for the audit.

        Raises:
            ShareClosed: it was erased meanwhile.
            DatabaseDown: nothing was noted.
        """
        mine = shares.c.share_hash == crypto.plain_hash(share_id)
        with self._database.writing() as connection:
            row = connection.execute(select(shares).where(mine).with_for_update()).one_or_none()
            if row is None:
                raise ShareClosed("erased while it was opened")
            seen = reading.after(_seen(share_id, key, row), now)
            sealed = crypto.seal_json(key, seen, "shares.seen", share_id)
            connection.execute(update(shares).where(mine).values(seen=sealed))
            if reading.is_read:
                audit.note(connection, audit.READ, row.share_hash, actor, now)

    def of(self, mine: Iterable[Mapping[str, Any]]) -> dict[str, Document]:
        """Tells of each known share who opened it, what came back, and when its e-mail was sent.

        Args:
            mine: entries of a record's `shares`, each with its key.

        Returns:
            By share id `openedBy` (the first name, or None), `openedHow` (`typed` or `signed_on`), `openedLater` (other
            names), `readAt`, `readBy`, `readLine`, `mailedAt`, and `news`: how often there was something new to tell.

        Raises:
            DatabaseDown: the database cannot be reached.
        """
        by_hash = {crypto.plain_hash(share["shareId"]): share for share in mine}
        wanted = select(shares.c.share_hash, shares.c.seen, shares.c.mailed_at).where(shares.c.share_hash.in_(by_hash))
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return {by_hash[row.share_hash]["shareId"]: _reading(by_hash[row.share_hash], row) for row in rows}


def _seen(share_id: str, key: bytes, row: Row) -> Document:
    found: Document = crypto.unseal_json(key, row.seen, "shares.seen", share_id) if row.seen else {}
    return found


def _reading(share: Mapping[str, Any], row: Row) -> Document:
    seen = _seen(share["shareId"], base64.b64decode(share["key"]), row)
    return {**_shown(seen), "mailedAt": row.mailed_at and iso(row.mailed_at)}


def _shown(seen: Document) -> Document:
    first, *later = seen.get("readers") or [None]
    how = None if first is None else "signed_on" if first["signedOn"] else "typed"
    names = [one["name"] for one in later if one["name"] != first["name"]]
    told = {"openedBy": first and first["name"], "openedHow": how, "openedLater": list(dict.fromkeys(names))}
    read = {"readAt": seen.get("readAt"), "readBy": seen.get("by"), "readLine": seen.get("line")}
    return {**told, **read, "news": seen.get("news", 0)}
