"""What a sentence means, as one vector: the multilingual E5 encoder (small, 4 bits), tuned to our sentences."""

from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.sense import encoder
from bot.sense.folding import undrawn

Vector = NDArray[np.float32]

DIMENSION = 384
# A longer text takes time in proportion (70 words: 50 ms) and says little more about what the person means. The end is
# kept beside the beginning, because the point of a long message often comes last.
LONGEST_START, LONGEST_END = 160, 80  # characters
_loading = Lock()


class Embedder:
    """Turns sentences into vectors; all embedders of a process share one model of 70 MB."""

    dimension = DIMENSION

    def vector(self, text: str) -> Vector:
        """The meaning of a text as 384 float32 numbers of length one; zeros for a text without words.

        The first call loads the model; it lies inside its package, nothing is fetched.

        Args:
            text: any text in any of its hundred languages; of a long one only the start and the end count.
        """
        vector: Vector = self.vectors([text])[0]
        return vector

    def vectors(self, texts: list[str]) -> Vector:
        """The meanings of several texts, one a row."""
        words = [readable(text) for text in texts]
        found = np.zeros((len(words), DIMENSION), dtype=np.float32)
        spoken = [number for number, word in enumerate(words) if any(sign.isalnum() for sign in word)]
        if spoken:
            model = _model()
            found[spoken] = _centered(np.array([model.query(words[number]) for number in spoken]))
        return found

    def warm_up(self) -> None:
        """Load the model now, so that nobody waits for it later."""
        self.vector("warm")


def readable(text: str) -> str:
    """The text as the encoder reads it best: shouted words in small letters, none drawn out, and not too long."""
    words = undrawn(text.strip())
    capitals = sum(sign.isupper() for sign in words)
    shouted = capitals > 3 and capitals > sum(sign.islower() for sign in words)
    return _shorten(words.lower() if shouted else words)


def _shorten(text: str) -> str:
    if len(text) <= LONGEST_START + LONGEST_END:
        return text
    return f"{text[:LONGEST_START]} {text[-LONGEST_END:]}"


def _centered(raw: Vector) -> Vector:
    # All vectors of this encoder point much the same way (cosines of 0.8 and more between strangers), so what they have
    # in common is taken off: the mean over the training sentences.
    moved = raw - encoder.tuned().center
    unit: Vector = moved / (np.linalg.norm(moved, axis=1, keepdims=True) + 1e-6)
    return unit


def _model() -> encoder.Encoder:
    with _loading:  # two first messages at once must not load it twice
        return _load()


@cache
def _load() -> encoder.Encoder:
    return encoder.Encoder()
