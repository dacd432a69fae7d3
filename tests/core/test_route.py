"""The order of the talk."""

import pytest

from bot.core import commands
from bot.core.talk import Answer, Talk
from tests.talking import ROUTE, a_talk, after, begun, tapped_to, walk


def test_consent_is_the_first_thing_asked():
    assert ROUTE.waiting(Talk({})).id == "consent"


def test_after_a_no_only_consent_can_be_asked_again():
    declined = a_talk(consent="consent_no")

    assert list(ROUTE.steps(declined)) == ["consent", "consent_again"]
    assert ROUTE.waiting(declined).question_id == "consent"


def test_the_core_route_has_at_most_twelve_questions():
    nothing_picked = begun(menu="continue", wellbeing_week="bad")

    assert len(ROUTE.questions(nothing_picked)) <= 12


def test_the_core_route_has_at_most_twelve_questions_also_when_somebody_comes_along():
    together = begun(menu="continue", wellbeing_week="bad", goals_first="home", meeting_company="family_friend")

    assert len(ROUTE.questions(together)) == 12


def test_no_topic_has_more_than_four_questions_unless_an_answer_calls_for_one_and_each_has_an_open_one():
    for topic in ROUTE.questionnaire.topics:
        assert len(topic.questions) <= 5, topic.id
        assert len([q for q in topic.questions if q.when is None]) <= 4, topic.id
        assert any(q.awaiting == "open" for q in topic.questions), topic.id


def test_only_picked_topics_are_asked_and_goals_and_meeting_always():
    topics = {q.topic for q in ROUTE.questions(begun(menu="topics:housing"))}

    assert topics == {"wellbeing", "housing", "goals", "meeting"}


def test_goals_and_meeting_come_last():
    asked = [q.topic for q in ROUTE.questions(begun(menu="topics:control,preferences"))]

    assert asked[-4:] == ["meeting"] * 4
    assert asked[-5] == "goals"


def test_health_is_asked_only_after_its_own_yes():
    picked = begun(menu="topics:health")

    assert "health_consent" in list(ROUTE.steps(picked))
    assert "health_hard" not in list(ROUTE.steps(picked))
    assert "health_hard" in list(ROUTE.steps(begun(menu="topics:health", health_consent="health_yes")))


@pytest.mark.parametrize(("worries", "asked"), [("often", True), ("sometimes", True), ("no", False)])
def test_a_follow_up_comes_only_where_the_answer_calls_for_one(worries, asked):
    talk = begun(menu="topics:money", money_worries=worries)

    assert ("money_hard" in list(ROUTE.steps(talk))) is asked


COMPANY = {"alone": False, "interpreter": False, "dont_know": False}
COMPANY |= dict.fromkeys(("family_friend", "care_worker", "interpreter_and_company"), True)


@pytest.mark.parametrize(("company", "asked"), COMPANY.items())
def test_talking_alone_first_is_asked_of_who_brings_somebody(company, asked):
    assert ("meeting_alone" in list(ROUTE.steps(begun(meeting_company=company)))) is asked


def test_own_words_on_who_comes_along_call_for_it_too():
    talk = Talk({**begun().slots, "meeting_company": Answer(text="me zus gaat mee").slot()})

    assert "meeting_alone" in list(ROUTE.steps(talk))


def test_a_skipped_question_calls_for_no_follow_up():
    talk = Talk({**begun(menu="topics:money").slots, "money_worries": Answer(skipped=True).slot()})

    assert "money_hard" not in list(ROUTE.steps(talk))


def test_own_words_call_for_the_follow_up():
    talk = Talk({**begun(menu="topics:money").slots, "money_worries": Answer(text="ja de post").slot()})

    assert "money_hard" in list(ROUTE.steps(talk))


def test_progress_counts_skipped_questions_and_follows_the_topics():
    skipped = after(begun(), commands.skip(ROUTE, begun()))
    few = ROUTE.progress(skipped)
    more = ROUTE.progress(Talk({**skipped.slots, "menu": {"value": "topics:work"}}))

    assert few["answered"] == 1
    assert more["of"] > few["of"]


def test_what_interrupts_is_asked_before_the_route():
    talk = tapped_to("goals_first")

    assert ROUTE.waiting(Talk({**talk.slots, "erasing": True})).id == "erase"
    assert ROUTE.waiting(Talk({**talk.slots, "paused": True})).id == "paused"


def test_the_menu_has_two_screens_and_the_same_value_turns_them():
    menu = tapped_to("menu")

    assert ROUTE.waiting(walk(menu, "menu")).id == "menu_more"
    assert ROUTE.waiting(walk(menu, "menu", "menu")).id == "menu"


def test_the_route_ends_with_the_page_then_sharing():
    for answer, end in (("share_yes", "shared"), ("share_no", "end")):
        assert ROUTE.waiting(walk(tapped_to("share"), answer, "numbers_no")).awaiting == end


def test_who_shared_on_the_page_is_not_asked_it_again_in_the_talk():
    shared = Talk({**tapped_to("summary").slots, "share": {"value": "share_yes"}})

    assert ROUTE.waiting(walk(shared, "continue", "numbers_no")).id == "shared"


def test_who_closed_the_page_before_the_end_is_asked_anew():
    closed = Talk({**tapped_to("summary").slots, "share": {"value": "share_no"}})

    assert ROUTE.waiting(walk(closed, "continue")).id == "share"


def test_a_wish_that_is_skipped_or_unknown_calls_for_no_questions_about_it():
    for answer in ({"skipped": True}, {"value": "dont_know"}):
        talk = Talk({**tapped_to("goals_first").slots, "goals_first": answer})

        assert ROUTE.waiting(talk).id == "goals_step"


def test_the_questions_about_a_wish_count_before_it_is_known():
    talk = tapped_to("goals_first")

    assert {"goals_why", "goals_need"} <= {question.id for question in ROUTE.questions(talk)}
