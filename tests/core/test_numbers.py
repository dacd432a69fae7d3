"""What a yes to counting counts: wishes and needs that were chosen, never words, and nothing without that yes."""

from datetime import UTC, datetime

import pytest

from bot.core import summary
from bot.core.numbers import EVERYONE, items, pairs
from bot.core.quarters import quarter_of
from bot.core.talk import Answer, Talk
from tests.talking import ROUTE, TEXTS, a_talk, begun, says, tapped_to, taps, walk


def counted(talk: Talk, **record):
    sections = summary.build({"tracker": {"slots": talk.slots}, **record}, ROUTE.questionnaire, TEXTS)
    return items(talk, sections, ROUTE.questionnaire)


def test_wishes_needs_and_topics_are_counted_and_nothing_else():
    talk = begun(
        menu="topics:money", wellbeing_week="bad", wellbeing_need="rest", money_worries="often", money_wish="rest"
    )

    assert counted(talk) == ("money_wish=rest", "topic:money", "wellbeing_need=rest")


def test_words_of_ones_own_are_never_counted():
    typed = Talk({**begun().slots, "goals_first": Answer(text="een droog huis").slot()})

    assert counted(typed) == ()


def test_a_line_that_was_taken_off_or_put_in_other_words_is_not_counted():
    talk = begun(goals_first="home")
    mark = summary.fingerprint(Answer("home"))

    for edit in ({"removed": True}, {"text": "iets droogs"}):
        assert counted(talk, edits={"goals_first": {"of": mark, **edit}}) == ()


@pytest.mark.parametrize("value", ["dont_know", "something_else"])
def test_what_names_no_wish_is_not_counted(value):
    assert counted(begun(goals_first=value)) == ()


def test_a_topic_on_health_counts_only_with_the_yes_to_health():
    assert counted(begun(menu="topics:health", health_consent="health_no")) == ()
    assert counted(begun(menu="topics:health", health_consent="health_yes")) == ("topic:health",)


def test_one_person_adds_one_to_everyone_to_each_item_and_to_each_two_together():
    assert pairs(("a", "b")) == [(EVERYONE, EVERYONE), (EVERYONE, "a"), (EVERYONE, "b"), ("a", "b")]


def test_a_quarter_begins_at_midnight_in_amsterdam():
    assert quarter_of(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == "2026-4"
    assert quarter_of(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == "2027-1"


def test_it_is_asked_after_sharing_and_only_once():
    asked = tapped_to("numbers")

    assert asked.said("share", "share_yes")
    for answer in ("numbers_yes", "numbers_no"):
        assert ROUTE.waiting(walk(asked, answer)).id == "shared"
        assert ROUTE.before(walk(asked, answer), ROUTE.step("shared")).id == "share"


def test_who_chose_nothing_is_not_asked():
    nothing = a_talk(consent="consent_yes", remember="remember_no", share="share_no", goals_first="dont_know")

    assert "numbers" not in list(ROUTE.steps(nothing))


def test_only_a_plain_yes_counts():
    asked = tapped_to("numbers")

    assert taps(asked, "numbers_yes").effects == ("count",)
    assert says(asked, "ja", intent="affirm").effects == ("count",)
    for no in (taps(asked, "numbers_no"), says(asked, "nee", intent="deny")):
        assert (no.effects, no.says) == ((), ("utter_not_counted",))
    assert says(asked, "ja maar dan wil ik eerst wel weten wie het ziet", intent="affirm").effects == ()
