"""All that one sentence says before the engine sees it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.sense import safety
from bot.sense.embedding import Embedder, Vector
from bot.sense.health import mentions_health
from bot.sense.language import is_foreign
from bot.sense.masking import mask
from bot.sense.numbers import Span
from bot.sense.parts import parts


@dataclass(frozen=True, eq=False)
class Sensed:
    """What was found in one message.

    Args:
        masked: the text with numbers, addresses and passwords replaced; the only form that may be stored.
        names: where people's names stand in `masked`, as (start, end).
        signals: clear cries for help, the most urgent first.
        concern: whether there is a doubtful cry that asks for one warm question.
        health: whether it tells something about somebody's health.
        foreign: whether it is surely in another language than Dutch.
        vector: the meaning of the raw text.
        parts: the clauses of a short message that asks something, each with its meaning; most messages have none.
    """

    masked: str
    names: list[Span]
    signals: list[str]
    concern: bool
    health: bool
    foreign: bool
    vector: Vector = field(repr=False)
    parts: list[tuple[str, Vector]] = field(repr=False, default_factory=list)


class Sense:
    """Reads messages; one for the whole process, safe to use from several threads."""

    def __init__(self, embedder: Embedder | None = None, public: Collection[str] | None = None) -> None:
        """Prepare.

        Args:
            embedder: by default the real one, which loads at its first use.
            public: digits of telephone numbers that masking leaves (`Help.public_numbers` of the municipality's file).
        """
        self.embedder, self.public = embedder or Embedder(), public

    def sense(self, text: str) -> Sensed:
        """Read one message as it was typed; nothing is kept.

        Args:
            text: the raw words.
        """
        masked = mask(text, self.public)
        vector = self.embedder.vector(text)
        signals, concern = safety.read(text, vector, self.embedder)
        told = mentions_health(text), is_foreign(text)
        clauses = [(part, self.embedder.vector(part)) for part in parts(masked.text)]
        return Sensed(masked.text, masked.names, signals, concern, *told, vector, clauses)

    def warm_up(self) -> None:
        """Load the model and all tables, so that the first person does not wait for them."""
        self.embedder.warm_up()
        self.sense("even alles laden")  # three words: fewer are not asked which language they are in
