"""The encoder is the package's file with our rows in it, and of no other version."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import VoorgesprekError
from bot.sense import encoder
from bot.sense.encoder import EncoderWrong, Tuned, packaged, tuned, written


def test_our_rows_stand_in_the_file_and_nothing_else_changes():
    with written(tuned()) as path:
        ours, theirs = Path(path).read_bytes(), packaged().read_bytes()

    start, row = next(tuned().rows())
    assert len(ours) == len(theirs)
    assert ours[start : start + len(row)] == row
    assert ours[:start] == theirs[:start]


def test_what_was_learned_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    replace(tuned(), center=np.full(384, 0.5, np.float32)).save(tmp_path / "encoder.npz")
    monkeypatch.setattr(encoder, "TUNED", tmp_path / "encoder.npz")

    assert tuned.__wrapped__().center.tolist() == [0.5] * 384


def test_another_version_of_the_package_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoder, "tuned", lambda: Tuned("9.9", *[np.zeros(0)] * 4))

    with pytest.raises(EncoderWrong, match=r"9\.9 is needed"):
        encoder.load(1)
    assert issubclass(EncoderWrong, VoorgesprekError)  # the command line tells it in one line
