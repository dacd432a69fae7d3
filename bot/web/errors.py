"""Trouble that only the gateway can have; `problems.yml` turns each into words."""

from collections.abc import Sequence

from bot.core.errors import Fault as Fault
from bot.core.errors import VoorgesprekError


class BodyWrong(VoorgesprekError):
    """The body was read, but one or more of its fields cannot be used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.key for fault in faults])
        self.faults = tuple(faults)


class BodyBroken(VoorgesprekError):
    """The body is not JSON, or not an object."""


class NotJson(VoorgesprekError):
    """The body says that it is something else than JSON."""


class TokenMissing(VoorgesprekError):
    """There is no bearer token in the request."""


class StaffKeyWrong(VoorgesprekError):
    """This is not the key with which staff invite people."""


class PageUnknown(VoorgesprekError):
    """There is nothing at this address."""


class MethodWrong(VoorgesprekError):
    """There is something at this address, but it cannot be used this way."""


class TooLarge(VoorgesprekError):
    """The body is larger than 64 kB."""


class TopicUnknown(VoorgesprekError):
    """The questionnaire has no such topic."""


class ResumeCodeUnknown(VoorgesprekError):
    """No conversation goes on with this code."""


class Busy(VoorgesprekError):
    """The turn lost the race for its conversation too often."""


class TooMany(VoorgesprekError):
    """More requests than the limit allows.

    Args:
        retry_after: seconds until a request is answered again.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class SignOnStale(VoorgesprekError):
    """Signing on was begun too long ago, in another browser, or was finished before."""


class SignOnRefused(VoorgesprekError):
    """The person, or the municipality's sign-on, said no."""


class SignOnWrong(VoorgesprekError):
    """What came back is not what was asked for: another state or nonce, a used code, a token that is no good."""


class SignOnNameless(VoorgesprekError):
    """The municipality's sign-on gave no name."""


class SignOnDown(VoorgesprekError):
    """The municipality's sign-on does not answer, or not as it should."""
