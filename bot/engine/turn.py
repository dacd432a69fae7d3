"""One turn inside the engine: what came in, the unit of work it changes, and what Rasa said."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from bot.store.unit_of_work import UnitOfWork
from bot.store.values import Reply


class ActionFailed(Exception):
    """A custom action raised: nothing of its turn may be kept."""


@dataclass
class Turn:
    """The turn that runs now.

    Args:
        unit: the changes so far.
        text, choice: what the person sent; one of the two.
        shown: the words as the conversation shows them: the text, or the tapped button's label.
        message_id, fingerprint: mark of the request, so that a repeat gets the first reply.
        concern: a doubtful cry for help: the reply asks how the person is before it goes on.
        worried: it was asked already, when the words were kept without an engine.
        health: whether the words tell something about health.
        notes: keys of what is said before Rasa's own messages.
        channel: where the person is: `web` or `whatsapp`.
        said: Rasa's messages, in order.
        failure: what an action raised.
        state: the reply, once it is committed.
    """

    unit: UnitOfWork
    text: str | None
    choice: str | None
    shown: str
    message_id: str | None = None
    fingerprint: str | None = None
    concern: bool = False
    worried: bool = False
    health: bool = False
    notes: tuple[str, ...] = ()
    channel: str = "web"
    said: list[dict[str, Any]] = field(default_factory=list)
    failure: Exception | None = None
    state: dict[str, Any] | None = None

    def reply(self, state: dict[str, Any]) -> Reply | None:
        """What a repeat of this request is answered with; None when the request has no id."""
        if self.message_id is None or self.fingerprint is None:
            return None
        return Reply(self.message_id, self.fingerprint, state)


current: ContextVar[Turn] = ContextVar("turn")
