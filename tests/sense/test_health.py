"""Words about health are noticed, and being tired is not one of them."""

import pytest

from bot.sense.health import mentions_health


@pytest.mark.parametrize(
    "words",
    [
        "mn rug doet zeer",
        "ik heb suikerziekte",
        "al jaren depressief",
        "ik ben chronisch ziek",
        "kga naar de psychiater",
        "veel pijn in mijn benen",
        "ik ben verslaafd geweest",
        "slik elke dag medicijnen",
    ],
)
def test_words_about_health_are_noticed(words):
    assert mentions_health(words)


@pytest.mark.parametrize(
    "words",
    [
        "ik was vaak moe",
        "zorgen over geld",
        "veel stress van de post",
        "lekker gewandeld",
        "het is een zwaar leven",
        "mijn huis is koud en nat",
        "ik kan goed met dieren",
        "de trap is zwaar",
    ],
)
def test_ordinary_words_ask_for_no_extra_yes(words):
    assert not mentions_health(words)
