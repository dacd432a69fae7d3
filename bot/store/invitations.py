"""Invitations: who holds a card's token opens what is in it, and the database alone opens nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.elements import ColumnElement

from bot.core.errors import InvitationPast, InvitationUnknown, InvitationUsed, InvitationWithdrawn, LostRace
from bot.core.hours import AMSTERDAM
from bot.core.invitations import Invited, meeting_day
from bot.core.moments import day_of
from bot.core.state import given
from bot.core.terms import INVITATION_AFTER_MEETING, MOST
from bot.store import codes, crypto
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.tables import invitations
from bot.store.values import Document

ROWS = 500  # written at once: a statement of SQLite holds so many values


@dataclass(frozen=True)
class Made:
    """An invitation just made, with all that only its card and its contact person may hold."""

    invitation_id: str
    token: str = field(repr=False)
    opening_code: str = field(repr=False)
    invited: Invited = field(repr=False)


class Invitations:
    """The invitations of one database; used by at most one living talk each."""

    def __init__(self, database: Database, keyring: Keyring, clock: Clock) -> None:
        self._database = database
        self._keyring = keyring
        self._clock = clock

    def make(self, invited: Invited) -> Made:
        """Makes an invitation that is kept nowhere yet, so that its card can be drawn before anything is written."""
        opening_code = _for_lists(lambda: codes.new_code(codes.SHARE_DIGITS))
        return Made(_for_lists(codes.new_id), codes.new_token(), opening_code, invited)

    def keep(self, made: Sequence[Made]) -> None:
        """Keeps invitations, all of them or none.

        Raises:
            DatabaseDown: none was kept.
        """
        rows = [self._row(one) for one in made]
        with self._database.writing() as connection:
            for start in range(0, len(rows), ROWS):
                connection.execute(insert(invitations), rows[start : start + ROWS])

    def open(self, token: str, conversation_id: str | None = None) -> Document:
        """What is in an invitation, for who holds its card; nothing is spent by it.

        Args:
            conversation_id: the talk that it is for, if there is one already.

        Returns:
            It, as the record of a talk holds it.

        Raises:
            InvitationUnknown, InvitationWithdrawn, InvitationPast: it opens nothing (any more).
            InvitationUsed: another talk that lives was begun with it.
            DatabaseDown: the database cannot be reached.
        """
        row = self._find(invitations.c.token_hash == crypto.plain_hash(token))
        if row is None:
            raise InvitationUnknown("no such card")
        if row.withdrawn_at is not None:
            raise InvitationWithdrawn(row.id)
        opened = _opened(token, row)
        if opened is None or meeting_day(opened) < day_of(self._clock()):
            raise InvitationPast(row.id)
        if row.claimed_by and (conversation_id is None or row.claimed_by != self._keyring.talk_mark(conversation_id)):
            raise InvitationUsed(row.id)
        return opened

    def can_be_claimed(self, invitation_id: str, conversation_id: str) -> bool:
        """Whether a talk that was begun with this invitation may still have it.

        Raises:
            DatabaseDown: the database cannot be reached.
        """
        return self._find(_free_for(invitation_id, self._keyring.talk_mark(conversation_id))) is not None

    def withdraw(self, invitation_id: str) -> None:
        """Takes a card back; a talk that was begun with it goes on. Twice is fine.

        Raises:
            InvitationUnknown: there is no such invitation.
            DatabaseDown: nothing was changed.
        """
        mine = invitations.c.id == invitation_id if codes.is_id(invitation_id) else None
        if mine is None:  # PostgreSQL refuses text with a NUL in it with an error of its own
            raise InvitationUnknown("not an id")
        values = {"sealed": None, "withdrawn_at": self._clock()}
        with self._database.writing() as connection:
            if connection.execute(update(invitations).where(mine).values(values)).rowcount == 0:
                raise InvitationUnknown("no such invitation")

    def forget_old(self, now: datetime) -> None:
        """Empties invitations whose time is over, and drops their hulls when no talk can have begun with them."""
        with self._database.writing() as connection:
            over = (invitations.c.ends_at <= now, invitations.c.sealed.is_not(None))
            connection.execute(update(invitations).where(*over).values(sealed=None))
            connection.execute(delete(invitations).where(invitations.c.ends_at <= now - MOST))

    def _find(self, this: ColumnElement) -> Row | None:
        with self._database.reading() as connection:
            return connection.execute(select(invitations).where(this)).one_or_none()

    def _row(self, made: Made) -> Document:
        # The end of the day: a moment in clear would tell one meeting from another.
        last = datetime.combine(day_of(made.invited.meeting_at), time(23, 59, 59), AMSTERDAM)
        own = {"invitationId": made.invitation_id, "openingCode": made.opening_code}
        key = _key(made.token, made.invitation_id)
        return {
            "id": made.invitation_id,
            "token_hash": crypto.plain_hash(made.token),
            "sealed": crypto.seal_json(key, made.invited.json() | own, "invitations", made.invitation_id),
            "ends_at": last + INVITATION_AFTER_MEETING,
        }


def to_claim(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """The id of the invitation that a turn takes for its talk: at the first yes, or when another card came.

    Args:
        before, after: the record as the turn found it and left it, with consent.
    """
    old, new = ((record.get("invitation") or {}).get("invitationId") for record in (before, after))
    return new if new != old or not given(before, "consent") else None


def claim(connection: Connection, keyring: Keyring, invitation_id: str, conversation_id: str) -> None:
    """Takes an invitation for a talk, inside the turn's transaction.

    Raises:
        LostRace: it is taken or withdrawn; who runs the turn again finds that out.
    """
    mark = keyring.talk_mark(conversation_id)
    taking = update(invitations).where(_free_for(invitation_id, mark)).values(claimed_by=mark)
    if connection.execute(taking).rowcount == 0:
        raise LostRace(conversation_id)


def free(connection: Connection, mark: bytes) -> None:
    """Lets the card of a talk that is erased begin another."""
    connection.execute(update(invitations).where(invitations.c.claimed_by == mark).values(claimed_by=None))


def _for_lists(new: Callable[[], str]) -> str:
    # A spreadsheet drops the first 0 of a code, and takes an id that begins with - for a sum.
    while (text := new())[0] in "0-_":
        pass
    return text


def _opened(token: str, row: Row) -> Document | None:
    """What is in an invitation; None once it is emptied."""
    key = _key(token, row.id)
    return crypto.unseal_json(key, row.sealed, "invitations", row.id) if row.sealed else None


def _free_for(invitation_id: str, mark: bytes) -> ColumnElement:
    untaken = invitations.c.claimed_by.is_(None) | (invitations.c.claimed_by == mark)
    return (invitations.c.id == invitation_id) & invitations.c.withdrawn_at.is_(None) & untaken


def _key(token: str, invitation_id: str) -> bytes:
    return crypto.derived(token.encode("utf-8", "surrogatepass"), "invitation", invitation_id.encode())
