"""A message that was understood, and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Said:
    """One message of the person, understood.

    Args:
        text: the words, numbers already masked.
        intent: the intent of the words, `answer` for a tapped choice.
        value: the value of a tapped choice.
        names: (start, end) spans of people's names in the text.
        doubt: the command that the words may also be.
        health: whether the words tell something about somebody's health.
        also: the question (an intent) that stands beside the command.
        unseen: whether the person has not seen the question that waits, because it is asked on our own page.
    """

    text: str
    intent: str = "answer"
    value: str | None = None
    names: tuple[tuple[int, int], ...] = ()
    doubt: str | None = None
    health: bool = False
    also: str | None = None
    unseen: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a message changes: slots, the keys of what is said, and effects outside the dialogue (share, erase, …)."""

    slots: Mapping[str, Any] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
