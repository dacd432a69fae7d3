"""One person's way through the script: what they say next, and whether the reply to it was right."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.script import FIRST, Script, Turn, taps
from benchmarks.words import wording

PATIENCE = 2  # wordings that a person tries


@dataclass(frozen=True)
class Reply:
    """What a system said to a turn.

    Args:
        asks: the id of the question that waits now; empty where none is known.
        tells: what else it holds: help, a share, information.
    """

    asks: str
    tells: frozenset[str] = frozenset()

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> "Reply":
        """What a state of this product's API says."""
        told = {message["kind"] for message in state["messages"]} | ({"share"} if "share" in state else set())
        return cls((state["question"] or {}).get("id", ""), frozenset(told))

    def __str__(self) -> str:
        return " ".join((self.asks or "nothing", *sorted(self.tells)))

    def is_right_after(self, turn: Turn) -> bool:
        """Whether this is what the script expects."""
        return self.asks == turn.asks and (not turn.tells or turn.tells in self.tells)


class Walk:
    """A walk through a script with wordings of its own."""

    def __init__(self, script: Script, seed: str) -> None:
        """Stand before the first turn.

        Args:
            seed: the same seed gives the same wordings.
        """
        self.script, self.at, self.typed = script, 0, dict[str, str]()
        self._chance, self._missed = random.Random(seed), Counter[int]()

    @property
    def is_over(self) -> bool:
        """Whether every turn was taken."""
        return self.at >= len(self.script)

    @property
    def turn(self) -> Turn:
        """The turn to take now; who was not understood at it twice skips the question."""
        turn = self.script[self.at]
        return taps("skip", turn.asks) if turn.words and self._missed[self.at] >= PATIENCE else turn

    def says(self) -> str:
        """What the person says at this turn: the value of a choice or the words."""
        if self.turn.choice:
            return self.turn.choice
        words = wording(self.turn.words, self._chance)
        self.typed[self._waits(self.at)] = words
        return words

    def hears(self, reply: Reply) -> bool:
        """Go on after a reply, and tell whether it was right.

        After a wrong one the person goes on with what was asked, as people do; where nothing we know was asked, the
        talk is over.
        """
        if reply.is_right_after(self.turn):
            self.at += 1
            return True
        self._missed[self.at] += 1
        places = [at for at in range(len(self.script)) if self._waits(at) == reply.asks]
        self.at = min(places, key=lambda at: abs(at - self.at), default=len(self.script))
        return False

    def _waits(self, at: int) -> str:
        return self.script[at - 1].asks if at else FIRST
