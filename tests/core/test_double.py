"""A command and a question in one message."""

import pytest

from bot.core import questionnaire
from bot.core.double import QUESTIONS, answers, double
from bot.core.route import Route
from bot.core.talk import Talk
from bot.core.texts import Texts

SKIP, WHY, LIFE = [("skip", 0.9)], [("explain_why", 0.6), ("back", 0.3)], [("answer", 0.9)]


@pytest.fixture
def step():
    return Route(questionnaire.load()).waiting(Talk({"consent": {"value": "consent_yes"}}))


@pytest.mark.parametrize("parts", [[SKIP, WHY], [WHY, SKIP], [LIFE, WHY, SKIP]])
def test_both_are_heard_in_any_order(parts):
    assert double(parts) == ("skip", "explain_why")


@pytest.mark.parametrize("parts", [[], [[]], [SKIP], [WHY], [SKIP, LIFE], [WHY, LIFE], [SKIP, SKIP]])
def test_one_of_the_two_is_no_double(parts):
    assert double(parts) is None


@pytest.mark.parametrize("unsure", [[[("skip", 0.69)], WHY], [SKIP, [("explain_why", 0.49)]]])
def test_what_is_not_sure_is_not_done(unsure):
    assert double(unsure) is None


@pytest.mark.parametrize("command", ["delete_data", "share_summary", "stop_sharing", "affirm"])
def test_what_cannot_be_taken_back_is_never_done_on_the_side(command):
    assert double([[(command, 1.0)], WHY]) is None


@pytest.mark.parametrize("question", sorted(QUESTIONS))
@pytest.mark.parametrize("is_open", [True, False])
def test_every_question_is_answered_by_a_text_that_exists(question, is_open, step):
    assert all(Texts.load({}).raw(key) for key in answers(question, step, is_open))


def test_why_is_told_of_the_question_that_is_left(step):
    assert answers("explain_why", step, True) == (step.why,)


def test_when_it_is_closed_the_municipality_is_not_the_one_to_call(step):
    assert answers("ask_human", step, False) == ("utter_human_closed",)
