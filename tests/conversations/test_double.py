"""A command and a question in one message: the question is answered and the command carried out."""

import pytest

from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow

BOTH = "sla maar over, maar waarom wil je dat weten"


def test_why_is_told_before_the_question_is_left(begun: Person, content):
    why = content.texts.get("utter_why_wellbeing_week").text

    person = begun.types(BOTH)

    assert person.heard.startswith(why)
    assert "we slaan deze vraag over" in person.heard
    assert person.asked == "wellbeing_good"


def test_the_words_are_no_answer(begun: Person):
    assert not begun.types(BOTH).page


def test_who_reads_it_is_told_before_the_pause(begun: Person, content):
    person = begun.types("stop even, en wie leest dit eigenlijk")

    assert content.texts.get("utter_privacy").text in person.heard
    assert person.asked == "paused"


def test_how_long_it_takes_is_told_in_numbers(begun: Person):
    person = begun.types("volgende vraag graag, hoe lang duurt dit nog?")

    assert "{" not in person.heard
    assert person.asked == "wellbeing_good"


def test_a_command_alone_answers_nothing_else(begun: Person):
    assert begun.types("sla deze vraag maar over").heard.startswith("Goed, we slaan deze vraag over.")
