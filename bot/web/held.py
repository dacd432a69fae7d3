"""What may not reach a disk yet, kept in memory for an hour: all before the first yes, and words about health.

With several gateways it follows its person, see `peers.py`. Where nobody has it any more, as after a restart of the
only gateway, the first yes is asked anew, and the words again.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from bot.store.retention import LAST_MESSAGES
from bot.store.values import Reply

KEPT = 3600.0  # seconds since the last word; who comes back later begins again
MOST = 4000  # talks, copies for other gateways included; some 15 kB each, and the one that was quiet longest goes first
MOST_REPLIES = 20  # a repeated request comes within seconds or never
# own: a turn of this gateway left it so. taken: another gateway's did, and it is ours now. spare: another gateway's
# did, and this is a copy for when that one is gone.
Whose = Literal["own", "taken", "spare"]


@dataclass(frozen=True)
class Held:
    """One conversation's share of the memory.

    Args:
        record, messages: the whole talk before its first yes; None and nothing afterwards.
        replies: first answers by messageId, as the store keeps them after the first yes.
        words, help: an answer, and the words of a cry, that may tell about health, until a yes to keeping them.
        screen: what stands on the screen of a phone in a channel of others, before the first yes.
        version, count: of the record on disk that this belongs to, and how many turns in a row were held.
        whose: who has the say about it.
    """

    record: Mapping[str, Any] | None = field(default=None, repr=False)
    messages: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    replies: Mapping[str, Reply] = field(default_factory=dict, repr=False)
    words: Mapping[str, Any] | None = field(default=None, repr=False)
    help: Mapping[str, Any] | None = field(default=None, repr=False)
    screen: Mapping[str, Any] | None = field(default=None, repr=False)
    version: int = 0
    count: int = 0
    whose: Whose = "own"

    @property
    def order(self) -> tuple[int, int]:
        """By which a later state is told from an earlier one; clocks of two machines would not tell."""
        return self.version, self.count

    def fits(self, version: int) -> bool:
        """Whether words may belong to what the record of this version waits for; of another gateway only surely."""
        return self.whose == "own" or self.version == version

    def after(
        self, told: Mapping[str, Any], reply: Reply | None, before: tuple[Mapping[str, Any], ...], version: int
    ) -> "Held":
        """What is held after a turn.

        Args:
            told: what the turn may not write, as `UnitOfWork.held` gives it.
            before: the messages of both sides so far, the welcome to begin with.
            version: of the record after this turn.
        """
        now = Held(version=version, count=self.count + 1)
        if "record" not in told:
            return replace(now, words=told.get("words"), help=told.get("help"))
        replies = {**self.replies, **({reply.message_id: reply} if reply else {})}
        messages = (*before, *told["messages"])[-LAST_MESSAGES:]
        kept = dict(list(replies.items())[-MOST_REPLIES:])
        return replace(now, record=told["record"], messages=messages, replies=kept, screen=self.screen)

    def json(self) -> dict[str, Any]:
        """As another gateway gets it."""
        return asdict(self)

    @classmethod
    def of_json(cls, told: Mapping[str, Any], whose: Whose) -> "Held":
        """What another gateway held."""
        replies = {message_id: Reply(**reply) for message_id, reply in told["replies"].items()}
        return cls(**{**told, "messages": tuple(told["messages"]), "replies": replies, "whose": whose})


NOTHING = Held()


class Holding:
    """The memory of one gateway."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold nothing yet.

        Args:
            clock: seconds that only go up; another one in tests.
        """
        self.clock = clock
        self._lock = threading.Lock()  # conversations are opened in threads
        self._held: OrderedDict[str, tuple[Held, float]] = OrderedDict()

    def of(self, conversation_id: str) -> Held:
        """What is held of a conversation; nothing when there is nothing, or no longer."""
        held, since = self._held.get(conversation_id, (NOTHING, 0.0))
        return held if self.clock() - since < KEPT else NOTHING

    def keep(
        self,
        conversation_id: str,
        told: Mapping[str, Any] | None,
        reply: Reply | None = None,
        messages: tuple[Mapping[str, Any], ...] = (),
        version: int = 0,
    ) -> None:
        """Hold what a turn may not write, in place of what was held; None lets go of everything.

        Args:
            told, reply, messages, version: as `Held.after` says.
        """
        before = self.of(conversation_id)
        self._put(conversation_id, None if told is None else before.after(told, reply, messages, version))

    def show(self, conversation_id: str, screen: Mapping[str, Any]) -> None:
        """Hold what stands on the screen of a phone."""
        before = self.of(conversation_id)
        self._put(conversation_id, replace(before, screen=screen, count=before.count + 1))

    def lend(self, conversation_id: str) -> tuple[Held, float] | None:
        """What is held, for another gateway that has the say about it from now on; a copy stays.

        Returns:
            It, and how many seconds ago its person spoke; or None.
        """
        held = self.of(conversation_id)
        if held is NOTHING:
            return None
        since = self._held[conversation_id][1]
        self._put(conversation_id, replace(held, whose="spare"), since)
        return held, self.clock() - since

    def take(self, conversation_id: str, held: Held, since: float) -> None:
        """Hold what another gateway held, unless a later state is here already.

        Args:
            since: when its person spoke, by this gateway's clock.
        """
        here = self.of(conversation_id)
        is_later = held.order >= here.order if here.whose == "spare" else held.order > here.order
        if is_later and self.clock() - since < KEPT:
            self._put(conversation_id, held, since)

    def own(self, conversation_id: str) -> None:
        """Have the say about a copy: no other gateway has a later state."""
        held = self.of(conversation_id)
        if held.whose == "spare":
            self._put(conversation_id, replace(held, whose="taken"), self._held[conversation_id][1])

    def forget(self, conversation_id: str, version: int) -> None:
        """Let go of what belongs to this version of the record or to an earlier one."""
        if self.of(conversation_id).version <= version:
            self._put(conversation_id, None)

    def owned(self) -> list[str]:
        """The conversations about which this gateway has the say."""
        return [name for name in list(self._held) if self.of(name) is not NOTHING and self.of(name).whose != "spare"]

    def _put(self, conversation_id: str, held: Held | None, since: float | None = None) -> None:
        with self._lock:
            self._held.pop(conversation_id, None)
            if held is not None:
                self._held[conversation_id] = held, self.clock() if since is None else since
                if since is not None:  # whoever was quiet longest stands first
                    self._held = OrderedDict(sorted(self._held.items(), key=lambda entry: entry[1][1]))
            self._let_go()

    def _let_go(self) -> None:
        while self._held:
            _, since = next(iter(self._held.values()))
            if len(self._held) <= MOST and self.clock() - since < KEPT:
                return
            self._held.popitem(last=False)
