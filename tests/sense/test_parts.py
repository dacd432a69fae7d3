"""Which messages are read in parts."""

import pytest

from bot.sense.parts import parts


def test_a_command_and_a_question_are_two_parts():
    assert parts("sla maar over, maar waarom wil je dat weten") == ["sla maar over", "waarom wil je dat weten"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sla deze over",
        "waarom wil je dat weten?",
        "ik heb pijn, en ik slaap slecht",
        "ja, nee, ja, nee, wat, hoe?",  # too many parts
        "ik heb " + "heel lang " * 10 + "gewacht, waarom weet ik niet",
    ],
)
def test_other_messages_are_read_whole(text):
    assert parts(text) == []
