"""The shared pages of one turn: new ones, closed ones, and the ones that follow what changed."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core import briefing
from bot.core.errors import NothingToShare, ShareUnknown
from bot.core.questionnaire import Questionnaire
from bot.core.terms import share_end
from bot.core.texts import Texts
from bot.store import shares
from bot.store.clock import iso
from bot.store.values import Renewed, SealedShare

Sections = list[dict[str, Any]]


class Sharing:
    """What a turn does with the pages in its record's `shares`."""

    def __init__(self, record: dict[str, Any], now: datetime, questionnaire: Questionnaire, texts: Texts) -> None:
        """Begin with a record that this turn may change, and what a page is made with."""
        self.new: list[SealedShare] = []
        self.withdrawn: list[str] = []
        self._record, self._now = record, now
        self._before = [dict(share) for share in record.get("shares", ())]
        self._invited, self._made_with = record.get("invitation"), (questionnaire, texts)

    def share(self, sections: Sections, talk_end: datetime) -> dict[str, Any]:
        """Share these sections.

        Args:
            talk_end: when the talk itself ends, so that no page outlives it.

        Returns:
            `{"shareId", "code", "expiresAt"}`; the code is not kept in the record.

        Raises:
            NothingToShare: no line would be shared.
        """
        if not sections:
            raise NothingToShare
        expires_at = share_end(self._record, self._now, talk_end)
        stamp = {"sharedAt": iso(self._now, "seconds"), "expiresAt": iso(expires_at, "seconds")}
        sealed = shares.seal({**self._page(sections), **stamp}, expires_at)
        self.new.append(sealed)
        kept = {"shareId": sealed.share_id, "key": base64.b64encode(sealed.key).decode()}
        self._record.setdefault("shares", []).append({**kept, **stamp})
        return {"shareId": sealed.share_id, "code": sealed.code, "expiresAt": stamp["expiresAt"]}

    def withdraw(self, share_id: str) -> None:
        """Close one shared page.

        Raises:
            ShareUnknown: this conversation did not share it.
        """
        if share_id not in {share["shareId"] for share in self._record.get("shares", ())}:
            raise ShareUnknown
        self.withdrawn.append(share_id)

    def withdraw_all(self) -> None:
        """Close every shared page."""
        self.withdrawn += [share["shareId"] for share in self._record.get("shares", ())]

    def move_ends(self, talk_end: datetime) -> None:
        """Let every page end as the day of the meeting, or what is known of it, says."""
        for share in self._record.get("shares", ()):
            shared = datetime.fromisoformat(share["sharedAt"])
            share["expiresAt"] = iso(share_end(self._record, shared, talk_end), "seconds")

    def renewed(self, before: Sections, after: Sections) -> list[Renewed]:
        """The pages that existed before this turn, where what they show has changed.

        Args:
            before, after: the sections that would have been shared before, and after.
        """
        kept = self._record.get("shares", ())[: len(self._before)]
        is_other = before != after or self._record.get("invitation") != self._invited
        changed = [new for old, new in zip(self._before, kept, strict=True) if old != new or is_other]
        return [_renewed(share, self._page(after)) for share in changed]

    def _page(self, sections: Sections) -> dict[str, Any]:
        return {"sections": sections, "briefing": briefing.build(self._record, sections, *self._made_with)}


def _renewed(share: Mapping[str, Any], made: Mapping[str, Any]) -> Renewed:
    page = {**made, "sharedAt": share["sharedAt"], "expiresAt": share["expiresAt"]}
    sealed = shares.reseal(share["shareId"], base64.b64decode(share["key"]), page)
    return Renewed(share["shareId"], sealed, datetime.fromisoformat(share["expiresAt"]))
