"""All that one message says, together."""

import numpy as np

from bot.sense import language
from bot.sense.sensing import Sense
from bot.sense.themes import themes


class FakeEmbedder:
    def __init__(self):
        self.read = []

    def vector(self, text):
        self.read.append(text)
        return np.zeros(384, dtype=np.float32)


def test_a_message_is_masked_read_and_embedded_once():
    embedder = FakeEmbedder()

    sensed = Sense(embedder).sense("mijn broer Mohamed heeft schulden, bel 06-12345678")

    assert sensed.masked == "mijn broer Mohamed heeft schulden, bel [telefoon]"
    assert sensed.names == [(11, 18)]
    assert (sensed.signals, sensed.concern) == ([], False)
    assert (sensed.health, sensed.foreign) == (False, False)
    assert embedder.read == ["mijn broer Mohamed heeft schulden, bel 06-12345678"]


def test_what_a_message_is_about_is_told_when_asked():
    nothing = np.zeros(384, dtype=np.float32)

    assert {"money_debts", "family_children"} <= set(themes("mijn broer heeft schulden", nothing))


def test_warming_up_loads_what_tells_languages_apart():
    language._detector.cache_clear()

    Sense().warm_up()

    assert language._detector.cache_info().currsize == 1


def test_a_cry_is_found_without_knowing_what_the_bot_waits_for():
    assert Sense(FakeEmbedder()).sense("ik wil dood").signals == ["suicide"]
