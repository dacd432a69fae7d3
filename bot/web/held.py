"""What may not reach a disk yet, kept in this process for an hour: all before the first yes, and words about health.

Another process, or this one after a restart, does not have it: it asks for the first yes anew, and for the words again.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.store.retention import LAST_MESSAGES
from bot.store.values import Reply

KEPT = 3600.0  # seconds since the last word; who comes back later begins again
MOST = 2000  # talks; some 15 kB each, and the one that was quiet longest goes first
MOST_REPLIES = 20  # a repeated request comes within seconds or never


@dataclass(frozen=True)
class Held:
    """One conversation's share of the memory.

    Args:
        record, messages: the whole talk before its first yes; None and nothing afterwards.
        replies: first answers by messageId, as the store keeps them after the first yes.
        words, help: an answer, and the words of a cry, that may tell about health, until a yes to keeping them.
    """

    record: Mapping[str, Any] | None = field(default=None, repr=False)
    messages: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    replies: Mapping[str, Reply] = field(default_factory=dict, repr=False)
    words: Mapping[str, Any] | None = field(default=None, repr=False)
    help: Mapping[str, Any] | None = field(default=None, repr=False)

    def after(self, told: Mapping[str, Any], reply: Reply | None, before: tuple[Mapping[str, Any], ...]) -> "Held":
        """What is held after a turn.

        Args:
            told: what the turn may not write, as `UnitOfWork.held` gives it.
            before: the messages of both sides so far, the welcome to begin with.
        """
        if "record" not in told:
            return Held(words=told.get("words"), help=told.get("help"))
        replies = {**self.replies, **({reply.message_id: reply} if reply else {})}
        messages = (*before, *told["messages"])
        kept = dict(list(replies.items())[-MOST_REPLIES:])
        return replace(self, record=told["record"], messages=messages[-LAST_MESSAGES:], replies=kept)


NOTHING = Held()


class Holding:
    """The memory of one gateway."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold nothing yet.

        Args:
            clock: seconds that only go up; another one in tests.
        """
        self._clock = clock
        self._lock = threading.Lock()  # conversations are opened in threads
        self._held: OrderedDict[str, tuple[Held, float]] = OrderedDict()

    def of(self, conversation_id: str) -> Held:
        """What is held of a conversation; nothing when there is nothing, or no longer."""
        held, since = self._held.get(conversation_id, (NOTHING, 0.0))
        return held if self._clock() - since < KEPT else NOTHING

    def keep(
        self,
        conversation_id: str,
        told: Mapping[str, Any] | None,
        reply: Reply | None = None,
        messages: tuple[Mapping[str, Any], ...] = (),
    ) -> None:
        """Hold what a turn may not write, in place of what was held; None lets go of everything.

        Args:
            told, reply, messages: as `Held.after` says.
        """
        before = self.of(conversation_id)
        with self._lock:
            self._held.pop(conversation_id, None)
            if told is not None:
                self._held[conversation_id] = before.after(told, reply, messages), self._clock()
            self._let_go()

    def _let_go(self) -> None:
        while self._held:
            _, since = next(iter(self._held.values()))
            if len(self._held) <= MOST and self._clock() - since < KEPT:
                return
            self._held.popitem(last=False)
