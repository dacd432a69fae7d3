"""Words that wait for a yes are nowhere until there is one, and are lost nowhere either."""

import pytest

from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow


def test_words_about_health_that_are_dropped_are_dropped_from_the_messages_too(begun: Person):
    begun.types("ik heb een depressie").taps("health_no")

    assert "depressie" not in begun.everything_kept


def test_words_about_health_that_are_kept_stand_among_the_messages(begun: Person):
    begun.types("ik heb een depressie").taps("health_yes")

    assert "ik heb een depressie" in begun.everything_kept
    assert begun.page["wellbeing_week"] == "ik heb een depressie"


def test_a_typed_program_command_is_an_answer(begun: Person):
    assert begun.types("/restart").page["wellbeing_week"] == "/restart"


def test_at_the_page_a_yes_to_sharing_first_says_what_the_municipality_may_do(begun: Person):
    begun.taps("summary", "share_yes")

    assert begun.asked == "share"
    assert "mag het gebruiken" in begun.heard
