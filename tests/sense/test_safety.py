"""The safety net: what it must find, and what it must leave alone."""

import time
from pathlib import Path

import pytest
import yaml

from bot.core.help import PRECEDENCE
from bot.sense import phrases, safety

HERE = Path(__file__).parent
CRIES = yaml.safe_load((HERE / "cries.yml").read_text(encoding="utf-8"))
HARMLESS = yaml.safe_load((HERE / "harmless.yml").read_text(encoding="utf-8"))
CLEAR = [(signal, words) for signal in PRECEDENCE for words in CRIES[signal]]


@pytest.mark.parametrize(("signal", "words"), CLEAR)
def test_a_clear_cry_gives_its_signal(signal, words):
    assert signal in safety.signals(words)


@pytest.mark.parametrize("words", CRIES["concern"])
def test_a_doubtful_cry_is_never_met_with_silence(words):
    assert safety.concern(words) or safety.signals(words)


@pytest.mark.parametrize("words", HARMLESS["answers"])
def test_an_ordinary_answer_stays_an_answer(words):
    assert safety.read(words) == ([], False)


@pytest.mark.parametrize("words", HARMLESS["misleading"])
def test_words_that_only_sound_like_a_cry_give_no_signal(words):
    assert safety.signals(words) == []


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
    assert safety.signals(words) == ["suicide"]


def test_two_cries_come_in_order_of_urgency():
    assert safety.signals("ik wil dood. mijn man slaat mij.") == ["violence", "suicide"]


def test_a_denied_cry_is_still_asked_about():
    assert safety.read("ik wil niet dood") == ([], True)


def test_the_past_is_asked_about_and_the_present_is_a_cry():
    assert safety.read("vroeger heeft mijn man mij geslagen") == ([], True)
    assert safety.signals("vroeger sloeg mijn vader mij en nu slaat mijn man mij")[0] == "violence"


@pytest.mark.parametrize("words", ["", " ", "?", "a", "😀", "\u202e\u200f", "هذا", "0", "]["])
def test_almost_nothing_is_no_cry(words):
    assert safety.read(words) == ([], False)


def test_every_signal_has_at_least_25_phrases_and_concern_40():
    raw = phrases.read(safety.CONTENT)
    lists = {**raw["signals"], "concern": raw["concern"]}
    counts = {name: len(phrases.Phrases(written, raw["groups"]).phrases) for name, written in lists.items()}

    assert set(raw["signals"]) == set(PRECEDENCE)
    assert all(count >= 25 for count in counts.values())
    assert counts["concern"] >= 40


def test_the_longest_answer_is_read_in_a_moment():
    words = "ik weet het niet goed en ik wil graag dat iemand mij helpt met mijn huis " * 55
    safety.read("warm")

    start = time.perf_counter()
    safety.read(words)

    assert time.perf_counter() - start < 1.0
