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


def test_words_that_call_for_a_warm_question_go_along_only_when_the_person_chooses_it(begun: Person):
    begun.taps("good", "home", "continue").types("ik wil weer een dag zonder zorgen", concern=True)

    (goals, *_) = begun.sections
    assert [(line["lineId"], line["shared"]) for line in goals["lines"]] == [("goals_first", False)]
    assert begun.state["question"]["id"] == "safety"


def test_who_wants_to_change_an_answer_sees_the_answers_last(begun: Person):
    begun.taps("good").types("ik wil mijn antwoord van net veranderen")

    assert [choice["value"] for choice in begun.state["messages"][-1]["choices"]] == ["change:wellbeing_week", "repeat"]
    assert begun.state["question"]["id"] == "wellbeing_good"
