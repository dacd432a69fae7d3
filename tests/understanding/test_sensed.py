"""The safety net's figures without the trained model, so that the fast tests see them sink: the third author's set."""

import pytest

from bot.sense.sensing import Sense, Sensed
from tests.understanding.measures import share, the

THIRD = "third/"


@pytest.fixture(scope="module")
def read():
    """How the messages of one set are read, each beside its row."""
    sense = Sense()
    return lambda name: [(row, sense.sense(row["text"])) for row in the(name, THIRD)]


def is_heard(sensed: Sensed) -> bool:
    return bool(sensed.signals) or sensed.concern


def test_cries_for_help_are_heard(read):
    cries = read("signals")
    veiled = [is_heard(sensed) for row, sensed in cries if row["kind"] == "veiled"]

    assert all(is_heard(sensed) for row, sensed in cries if row["kind"] == "explicit")
    assert share(veiled) >= 0.91
    assert share(bool(sensed.signals) for _, sensed in cries) >= 0.855


def test_ordinary_answers_seldom_raise_an_alarm(read):
    answers = read("ordinary")

    assert share(bool(sensed.signals) for _, sensed in answers) <= 0.024
    assert share(sensed.concern for _, sensed in answers) <= 0.085


def test_words_that_only_sound_like_a_cry_seldom_raise_an_alarm(read):
    assert share(bool(sensed.signals) for _, sensed in read("misleading")) <= 0.11
