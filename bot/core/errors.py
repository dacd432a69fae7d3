"""Trouble has a name; the edge turns each name into words and a status."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass

DEPTH = 5  # calls; enough to find the place


def places(error: BaseException) -> list[str]:
    """Where in the code an error arose, for a log: its message and values may hold what people typed."""
    frames = traceback.extract_tb(error.__traceback__)[-DEPTH:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]


def told(error: BaseException) -> dict[str, object]:
    """An error as a log may tell it: its kind and its places, without its words."""
    return {"error": type(error).__name__, "where": places(error)}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was sent.

    Args:
        field: the name of the field, or empty for the whole.
        key: the sentence about it in `bot/web/problems.yml`.
    """

    field: str
    key: str


class VoorgesprekError(Exception):
    """Something went wrong that we foresaw and gave a name."""


class TokenWrong(VoorgesprekError):
    """The conversation exists, but this token is missing, mistaken or replaced by a newer one."""


class ConversationUnknown(VoorgesprekError):
    """No conversation has this id or resume code: it never existed, was erased or has expired."""


class ShareUnknown(VoorgesprekError):
    """No share has this id: it never existed or went with its erased conversation."""


class LineUnknown(VoorgesprekError):
    """The summary has no line with this id."""


class LinesUnknown(VoorgesprekError):
    """A page was asked for with lines that the person's own page has not.

    Args:
        lines: their ids.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(f"{len(lines)} unknown")
        self.lines = tuple(lines)


class CodeWrong(VoorgesprekError):
    """The share exists, but these are not its six digits; the try has been counted."""


class ShareClosed(VoorgesprekError):
    """The share was withdrawn, has expired, or had too many wrong codes; it stays closed."""


class ShareLocked(VoorgesprekError):
    """Too many wrong codes in a row; the share opens for nobody for `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"locked for {retry_after} seconds")
        self.retry_after = retry_after


class ResumeLocked(VoorgesprekError):
    """Too many wrong resume codes came from here; none is tried for `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"locked for {retry_after} seconds")
        self.retry_after = retry_after


class NothingToShare(VoorgesprekError):
    """The person said yes to sharing, but every line of the summary is hidden or absent."""


class MessageIdReused(VoorgesprekError):
    """This messageId was used before, with other words or another choice."""


class EngineDown(VoorgesprekError):
    """No engine answered; the turn was not taken."""


class DatabaseDown(VoorgesprekError):
    """The database could not be reached or did not finish; the same messageId again has its effect once."""


class LostRace(VoorgesprekError):
    """Another turn of this conversation was saved first; load again and repeat the turn."""


class ChoiceUnknown(VoorgesprekError):
    """This value is no button that was offered and no way to navigate."""


class MasterKeyMissing(VoorgesprekError):
    """The master key file is absent or cannot be read."""


class MasterKeyWrong(VoorgesprekError):
    """The master key file is malformed, or does not hold the key that locked the keyring."""


class KeyringWrong(VoorgesprekError):
    """The keyring is not the one that this database's talks were locked with."""


class BackupThere(VoorgesprekError):
    """There is a backup in this folder already; it is never overwritten."""


class BackupUnreadable(VoorgesprekError):
    """There is no backup where one was named."""


class DatabaseInUse(VoorgesprekError):
    """A backup can be put into an empty database only."""


class LinkUnknown(VoorgesprekError):
    """No one-time link has this token: it was used, its time is over, or it never existed."""


class SignatureWrong(VoorgesprekError):
    """A delivery is not signed by the provider; nothing of it was read."""


class PeerUnknown(VoorgesprekError):
    """A letter that no other gateway of ours has just sealed."""


class VerifyTokenWrong(VoorgesprekError):
    """Who registers the webhook does not know the token."""


class WebhookBroken(VoorgesprekError):
    """A signed delivery is no JSON."""


class WebhookTooLarge(VoorgesprekError):
    """A delivery is larger than 3 MB."""


class DeliveryNotTaken(VoorgesprekError):
    """Some words of a delivery may not wait on a disk and were not answered in time; the provider delivers again."""


class InvitationWrong(VoorgesprekError):
    """An invitation that cannot be sent like this."""


class NotInWhatsApp(VoorgesprekError):
    """This conversation has no phone in WhatsApp to go on with."""


class MeetingWrong(VoorgesprekError):
    """A day that cannot be that of the meeting: past, or later than a talk is kept."""


class InvitationUnknown(VoorgesprekError):
    """No card has this token, and no invitation this id."""


class InvitationWithdrawn(VoorgesprekError):
    """The card was taken back by who made it."""


class InvitationPast(VoorgesprekError):
    """The day of the card's meeting is over."""


class InvitationUsed(VoorgesprekError):
    """Another talk that lives was begun with this card."""


class InvitationTooLate(VoorgesprekError):
    """The meeting of this card is later than this talk is kept; a new talk would be kept long enough."""
