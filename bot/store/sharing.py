"""The shared pages of one turn: new ones, closed ones, and the ones that follow what changed."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.core import briefing, picking, summary
from bot.core.addresses import is_sendable
from bot.core.errors import NothingToShare, ShareUnknown
from bot.core.questionnaire import Questionnaire
from bot.core.talk import question_and_day
from bot.core.terms import share_end
from bot.core.texts import Texts
from bot.store import shares
from bot.store.clock import iso
from bot.store.values import Mail, Renewed, SealedShare

Sections = list[dict[str, Any]]
Record = Mapping[str, Any]


class Sharing:
    """What a turn does with the pages in its record's `shares`."""

    def __init__(
        self,
        record: dict[str, Any],
        now: datetime,
        questionnaire: Questionnaire,
        texts: Texts,
        sends_mail: bool = False,
    ) -> None:
        """Begin with a record that this turn may change.

        Args:
            questionnaire, texts: what a page is made with.
            sends_mail: whether an e-mail that is put in the queue will be sent.
        """
        self.new: list[SealedShare] = []
        self.withdrawn: list[str] = []
        self.mails: list[Mail] = []
        self._record, self._now, self._sends_mail = record, now, sends_mail
        self._before = [dict(share) for share in record.get("shares", ())]
        self._invited, self._made_with = record.get("invitation"), (questionnaire, texts)

    @property
    def to(self) -> str | None:
        """The contact person who gets an e-mail when the page is shared; None where link and code must be given."""
        is_mailed = self._sends_mail and is_sendable(self._invitation.get("contactEmail"))
        return str(self._invitation["contactName"]) if is_mailed else None

    @property
    def open(self) -> list[Record]:
        """The shared pages, those of chosen lines too, that the person did not close."""
        return [share for share in self._record.get("shares", ()) if not share.get("closed")]

    @property
    def _invitation(self) -> Record:
        return self._record.get("invitation") or {}

    def share(self, sections: Sections, talk_end: datetime, lines: Sequence[str] | None = None) -> dict[str, Any]:
        """Share what goes along, or a page of its own with these lines.

        Args:
            sections: the person's own page.
            talk_end: when the talk itself ends, so that no page outlives it.
            lines: ids of lines; also of those that do not go along to the contact person.

        Returns:
            `{"shareId", "code", "expiresAt"}`, and `to` when the contact person gets an e-mail; the code is not kept.

        Raises:
            NothingToShare: no line would be shared.
            LinesUnknown: the person's page has not all of these lines.
        """
        chosen = {} if lines is None else {"lines": picking.marks(self._record, sections, lines)}
        page = _visible(chosen, self._record, sections)
        if not page:
            raise NothingToShare
        expires_at = share_end(self._record, self._now, talk_end)
        stamp = {"sharedAt": iso(self._now, "seconds"), "expiresAt": iso(expires_at, "seconds")}
        code = None if chosen else self._invitation.get("openingCode")
        sealed = shares.seal({**self._page(chosen, page), **stamp}, expires_at, code=code)
        self.new.append(sealed)
        to = {} if chosen else self._mailed(sealed.share_id)
        kept = {"shareId": sealed.share_id, "key": base64.b64encode(sealed.key).decode()}
        self._record.setdefault("shares", []).append({**kept, **stamp, **chosen, **to})
        return {"shareId": sealed.share_id, "code": sealed.code, "expiresAt": stamp["expiresAt"], **to}

    def hide(self, lines: Iterable[str]) -> None:
        """Take lines, or all those of questions, off pages of their own: who hides one means all who could read it."""
        hidden = set(lines)
        for share in self._record.get("shares", ()):
            if "lines" in share:
                share["lines"] = {
                    line: mark
                    for line, mark in share["lines"].items()
                    if not hidden & {line, question_and_day(line)[0]}
                }

    def withdraw(self, share_id: str) -> None:
        """Close one shared page.

        Raises:
            ShareUnknown: this conversation did not share it.
        """
        mine = {share["shareId"]: share for share in self._record.get("shares", ())}
        if share_id not in mine:
            raise ShareUnknown
        mine[share_id]["closed"] = True
        self.withdrawn.append(share_id)

    def withdraw_all(self) -> None:
        """Close every page that is open."""
        for share in self.open:
            self.withdraw(share["shareId"])

    def move_ends(self, talk_end: datetime) -> None:
        """Let every page end as the day of the meeting, or what is known of it, says."""
        for share in self._record.get("shares", ()):
            shared = datetime.fromisoformat(share["sharedAt"])
            share["expiresAt"] = iso(share_end(self._record, shared, talk_end), "seconds")

    def renewed(self, record: Record, before: Sections, after: Sections) -> list[Renewed]:
        """The pages that existed before this turn, where what they show has changed.

        Args:
            record: the record before.
            before, after: the person's own page before, and after.
        """
        kept = self._record.get("shares", ())[: len(self._before)]
        is_other = self._record.get("invitation") != self._invited
        pairs = zip(self._before, kept, strict=True)
        changed = ((old, new, _visible(new, self._record, after)) for old, new in pairs)
        return [
            _renewed(new, self._page(new, page))
            for old, new, page in changed
            if not new.get("closed") and (is_other or old != new or page != _visible(old, record, before))
        ]

    def _page(self, share: Record, sections: Sections) -> dict[str, Any]:
        # a page of chosen lines goes to somebody whom the invitation does not concern
        record = {**self._record, "invitation": None} if "lines" in share else self._record
        return {"sections": sections, "briefing": briefing.build(record, sections, *self._made_with)}

    def _mailed(self, share_id: str) -> dict[str, str]:
        if self.to is None:
            return {}
        self.mails.append(Mail(share_id, self._invitation["contactEmail"], self._invitation.get("reference") or ""))
        return {"to": self.to}


def _visible(share: Mapping[str, Any], record: Record, sections: Sections) -> Sections:
    """What the reader of one page sees of the person's own page."""
    return picking.picked(record, sections, share["lines"]) if "lines" in share else summary.visible(sections)


def _renewed(share: Record, made: Record) -> Renewed:
    page = {**made, "sharedAt": share["sharedAt"], "expiresAt": share["expiresAt"]}
    sealed = shares.reseal(share["shareId"], base64.b64decode(share["key"]), page)
    return Renewed(share["shareId"], sealed, datetime.fromisoformat(share["expiresAt"]))
