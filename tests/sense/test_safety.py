"""The safety net: what it must find, and what it must leave alone."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from bot.core.help import PRECEDENCE
from bot.sense import phrases, safety
from bot.sense.embedding import Embedder

HERE = Path(__file__).parent
CRIES = yaml.safe_load((HERE / "cries.yml").read_text(encoding="utf-8"))
HARMLESS = yaml.safe_load((HERE / "harmless.yml").read_text(encoding="utf-8"))
EMBEDDER = Embedder()
CLEAR = [(signal, words) for signal in PRECEDENCE for words in CRIES[signal]]


def read(words):
    return safety.read(words, EMBEDDER.vector(words), EMBEDDER)


def signals(words):
    return read(words)[0]


def share(hits):
    return sum(hits) / len(hits)


@pytest.mark.parametrize(("signal", "words"), CLEAR)
def test_a_fixed_phrase_knows_a_clear_cry(signal, words):
    assert signal in safety.by_phrases(words)[0]


@pytest.mark.parametrize("words", CRIES["concern"])
def test_a_fixed_phrase_knows_a_doubtful_cry(words):
    assert any(safety.by_phrases(words))


@pytest.mark.parametrize("words", HARMLESS["answers"])
def test_fixed_phrases_leave_an_ordinary_answer_alone(words):
    assert safety.by_phrases(words) == ([], False)


@pytest.mark.parametrize("words", HARMLESS["misleading"])
def test_words_that_only_sound_like_a_cry_are_no_fixed_phrase(words):
    assert safety.by_phrases(words)[0] == []


@pytest.mark.slow
def test_both_readers_together_miss_no_clear_cry():
    missed = [words for _, words in CLEAR if not any(read(words))]

    assert missed == []
    assert share([bool(signals(words)) for _, words in CLEAR]) >= 0.97


def test_both_readers_together_hear_most_doubtful_cries():
    assert share([any(read(words)) for words in CRIES["concern"]]) >= 0.85


@pytest.mark.slow
def test_both_readers_together_leave_most_harmless_words_alone():
    assert share([any(read(words)) for words in HARMLESS["answers"]]) <= 0.05
    assert share([bool(signals(words)) for words in HARMLESS["misleading"]]) <= 0.13


def test_without_an_embedding_the_fixed_phrases_still_answer():
    nothing = np.zeros(Embedder.dimension, dtype=np.float32)

    assert safety.read("ik wil dood", nothing, EMBEDDER) == (["suicide"], False)


def test_a_cry_in_the_middle_of_a_long_message_is_heard():
    filler = "Ik woon hier nu tien jaar en ik houd van de markt op zaterdag. " * 12

    assert signals(f"{filler}Ik wil niet meer leven. {filler}") == ["suicide"]


@pytest.mark.parametrize(
    "words",
    [
        "IK WIL DOOD",
        "ik  wil\tdood",
        "ik wil doooood!!!",
        "ik wil\u200b dood",
        "ík wíl dóód",
        "kwil dood",
        "😭😭 ik wil dood 😭",
        "Goedemorgen. Ik heb een vraag over mijn uitkering. ik wil dood",
        "ik wil niet dood. jawel ik wil dood",
    ],
)
def test_spelling_and_surroundings_do_not_hide_a_cry(words):
    assert signals(words) == ["suicide"]


def test_two_cries_come_in_order_of_urgency():
    assert signals("ik wil dood. mijn man slaat mij.") == ["violence", "suicide"]


def test_a_denied_cry_is_still_asked_about():
    assert read("ik wil niet dood") == ([], True)


def test_the_past_is_asked_about_and_the_present_is_a_cry():
    assert read("vroeger heeft mijn man mij geslagen") == ([], True)
    assert signals("vroeger sloeg mijn vader mij en nu slaat mijn man mij")[0] == "violence"


@pytest.mark.parametrize("words", ["", " ", "?", "a", "😀", "\u202e\u200f", "هذا", "0", "]["])
def test_almost_nothing_is_no_cry(words):
    assert read(words) == ([], False)


def test_every_signal_has_at_least_25_phrases_and_concern_40():
    raw = phrases.read(safety.CONTENT)
    lists = {**raw["signals"], "concern": raw["concern"]}
    counts = {name: len(phrases.Phrases(written, raw["groups"]).phrases) for name, written in lists.items()}

    assert set(raw["signals"]) == set(PRECEDENCE)
    assert all(count >= 25 for count in counts.values())
    assert counts["concern"] >= 40


class CountingEmbedder(Embedder):
    def __init__(self):
        self.read = []

    def vector(self, text):
        self.read.append(text)
        return super().vector(text)


def test_of_the_longest_answer_only_so_many_parts_are_embedded():
    words, embedder = "ik weet het niet goed en ik wil graag hulp met mijn huis. " * 70, CountingEmbedder()

    safety.read(words, EMBEDDER.vector(words), embedder)

    assert len(embedder.read) == safety.MOST_PARTS
    assert all(len(part) <= safety.PART + 1 for part in embedder.read)


def test_the_weights_were_learned_from_the_sentences_that_are_here():
    from bot.sense import learning, learning_names, themes
    from bot.sense.linear import Linear

    assert Linear.load(safety.WEIGHTS).learned_from == learning.mark(learning.CRIES)
    assert Linear.load(themes.WEIGHTS).learned_from == learning.mark(learning.THEMES)
    assert learning_names.LEARNED_FROM.read_text().strip() == learning.mark(learning_names.NAMES)


def test_a_plain_cry_is_heard_anywhere_in_the_longest_message():
    filler = "Ik woon hier nu tien jaar en ik houd van de markt op zaterdag. " * 30

    assert signals(f"{filler}Ik wil niet meer leven. {filler}") == ["suicide"]
