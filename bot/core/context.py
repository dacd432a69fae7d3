"""What is known of a message besides its words, while it is being understood."""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Context:
    """The moment a message falls in.

    Args:
        awaiting: what the bot waits for (`open`, `choice`, `summary`, …), None when not known.
        topic: the topic that is asked about.
        vector: the sentence embedding (float32, one dimension) when somebody computed it already.
        parts: the clauses of a message that may be a command and a question in one, each with its embedding.
    """

    awaiting: str | None = None
    topic: str | None = None
    vector: Any = None
    parts: Sequence[tuple[str, Any]] = ()


current: ContextVar[Context] = ContextVar("context", default=Context())  # noqa: B039  # frozen
