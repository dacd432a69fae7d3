"""Embeddings of training sentences, computed before: computing twelve thousand takes minutes."""

from collections.abc import Iterable
from hashlib import blake2b, sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.sense import encoder
from bot.sense.embedding import Embedder, Vector

FILE = Path(__file__).parent.parent.parent / "data" / "vectors.npz"
BATCH = 64  # sentences
LEVELS = 127  # a number of a vector is kept in one byte


class Vectors:
    """The kept embeddings by sentence; `make learn` writes the file anew after sentences were added."""

    def __init__(self, rows: dict[bytes, int], values: NDArray[np.int8], scales: Vector) -> None:
        """Take over what was read."""
        self._rows, self._values, self._scales = rows, values, scales

    @classmethod
    def load(cls, path: Path = FILE) -> "Vectors":
        """Read the file; without one, or with another encoder's, sentences are embedded when they are asked for."""
        if not path.exists():
            return cls.nothing()
        with np.load(path, allow_pickle=False) as kept:
            if str(kept["encoder"]) != mark(encoder.TUNED, encoder.GRAPH):
                return cls.nothing()
            keys = kept["keys"]
            return cls({key.tobytes(): row for row, key in enumerate(keys)}, kept["values"], kept["scales"])

    @classmethod
    def nothing(cls) -> "Vectors":
        """No sentence is kept."""
        return cls({}, np.zeros((0, Embedder.dimension), np.int8), np.zeros(0, np.float32))

    def has(self, text: str) -> bool:
        """Whether this sentence's embedding is kept."""
        return _key(text) in self._rows

    def of(self, texts: list[str]) -> Vector:
        """The embeddings of these sentences, one a row; those that are not kept are computed."""
        found = np.zeros((len(texts), Embedder.dimension), dtype=np.float32)
        missing = []
        for number, text in enumerate(texts):
            row = self._rows.get(_key(text))
            if row is None:
                missing.append(number)
            else:
                found[number] = self._values[row].astype(np.float32) * self._scales[row]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            found[batch] = Embedder().vectors([texts[number] for number in batch])
        return found


def keep(texts: Iterable[str], path: Path = FILE, known: Vectors | None = None) -> None:
    """Write the embeddings of these sentences.

    Args:
        path: the file to write.
        known: embeddings to take over; by default those in the file, when they are this encoder's.
    """
    unique = list(dict.fromkeys(texts))
    vectors = (known or Vectors.load(path)).of(unique)
    scales = np.abs(vectors).max(axis=1) / LEVELS + 1e-12
    values = np.round(vectors / scales[:, None]).astype(np.int8)
    keys = np.array([list(_key(text)) for text in unique], dtype=np.uint8)
    path.parent.mkdir(exist_ok=True)
    told = {"encoder": mark(encoder.TUNED, encoder.GRAPH), "scales": scales.astype(np.float32)}
    np.savez_compressed(path, keys=keys, values=values, **told)


def mark(*paths: Path) -> str:
    """A short mark of the files that something is learned from."""
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()
