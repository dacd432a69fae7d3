"""Commands that can be given at any moment."""

import random

import pytest

from bot.core import commands
from bot.core.talk import Talk
from bot.core.turns import Outcome
from tests.talking import ROUTE, after, begun, tapped_to, taps, walk

COMMANDS = [
    commands.skip,
    commands.back,
    commands.pause,
    commands.resume,
    commands.show_summary,
    commands.share_summary,
]


def test_a_skipped_question_is_not_asked_again():
    talk = begun()
    skipped = after(talk, commands.skip(ROUTE, talk))

    assert ROUTE.waiting(skipped).id == "wellbeing_good"


def test_back_asks_the_former_question_and_keeps_its_answer():
    talk = tapped_to("wellbeing_good")
    back = after(talk, commands.back(ROUTE, talk))

    assert ROUTE.waiting(back).id == "wellbeing_week"
    assert back.answer("wellbeing_week") == talk.answer("wellbeing_week")


def test_back_again_goes_further_back():
    talk = tapped_to("menu")
    once = after(talk, commands.back(ROUTE, talk))
    twice = after(once, commands.back(ROUTE, once))

    assert [ROUTE.waiting(once).id, ROUTE.waiting(twice).id] == ["wellbeing_good", "wellbeing_week"]


def test_skipping_a_question_that_was_gone_back_to_leaves_its_answer():
    talk = tapped_to("wellbeing_good")
    back = after(talk, commands.back(ROUTE, talk))

    assert after(back, commands.skip(ROUTE, back)).answer("wellbeing_week") == talk.answer("wellbeing_week")


def test_there_is_nothing_before_the_first_question():
    assert commands.back(ROUTE, Talk({})).says == ("utter_back_start",)


def test_consent_cannot_be_skipped():
    assert commands.skip(ROUTE, Talk({})) == Outcome({}, ("utter_skip_not_possible",))


def test_skipping_never_consents_and_never_shares():
    talk = tapped_to("remember")
    talk = after(talk, commands.skip(ROUTE, talk))
    share = tapped_to("share")

    assert talk.said("remember", "remember_no")
    assert not commands.skip(ROUTE, share).effects


def test_a_pause_waits_and_resuming_asks_the_same_question():
    talk = tapped_to("goals_why")
    paused = after(talk, commands.pause(ROUTE, talk))

    assert ROUTE.waiting(paused).id == "paused"
    assert ROUTE.waiting(after(paused, commands.resume(ROUTE, paused))).id == "goals_why"


def test_going_on_from_the_page_leaves_it():
    talk = tapped_to("goals_why")
    on_page = after(talk, commands.show_summary(ROUTE, talk))

    assert ROUTE.waiting(after(on_page, commands.resume(ROUTE, on_page))).id == "goals_why"


@pytest.mark.parametrize("step", ["wellbeing_week", "menu"])
def test_an_earlier_step_can_be_changed_and_the_talk_goes_on_where_it_was(step):
    talk = tapped_to("goals_why")
    changing = after(talk, commands.change(ROUTE, talk, "change:" + step))

    assert ROUTE.waiting(changing).id == step
    assert ROUTE.waiting(walk(changing, "bad" if step != "menu" else "continue")).id in ("wellbeing_need", "goals_why")


def test_a_question_that_was_never_on_the_route_cannot_be_changed():
    talk = tapped_to("goals_why")

    assert commands.change(ROUTE, talk, "change:money_hard") == Outcome()


def test_the_page_can_be_seen_half_way_and_the_talk_goes_on():
    talk = tapped_to("goals_why")
    looking = after(talk, commands.show_summary(ROUTE, talk))

    assert ROUTE.waiting(looking).id == "summary"
    assert ROUTE.waiting(walk(looking, "continue")).id == "goals_why"


def test_looking_at_the_page_after_the_end_leads_to_sharing():
    ended = walk(tapped_to("share"), "share_no", "numbers_no")
    looking = after(ended, commands.show_summary(ROUTE, ended))

    assert ROUTE.waiting(walk(looking, "continue")).id == "share"


def test_nothing_is_shown_or_shared_before_consent():
    for command in (commands.show_summary, commands.share_summary):
        assert command(ROUTE, Talk({})).says == ("utter_not_now",)


def test_a_refused_second_sharing_leaves_the_first_shared():
    shared = walk(tapped_to("share"), "share_yes", "numbers_no")
    again = after(shared, commands.share_summary(ROUTE, shared))

    assert ROUTE.waiting(walk(again, "share_no")).awaiting == "shared"


def test_erasing_is_asked_first():
    assert ROUTE.waiting(after(begun(), commands.erase(ROUTE, begun()))).id == "erase"


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_tapped_no_answer_is_lost_and_something_waits(seed):
    """A random walk over buttons and commands: answers stay answered, and there is always a next step."""
    chance, talk = random.Random(seed), Talk({})
    for _ in range(120):
        outcome = _move(chance, talk)
        kept = {q for q in ROUTE.questionnaire.questions if talk.answer(q)}
        talk = after(talk, outcome)
        assert kept <= {q for q in ROUTE.questionnaire.questions if talk.answer(q)}
        assert ROUTE.waiting(talk)


def _move(chance: random.Random, talk: Talk) -> Outcome:
    values = ROUTE.waiting(talk).values
    if values and chance.random() < 0.6:
        return taps(talk, chance.choice(values))
    return chance.choice(COMMANDS)(ROUTE, talk)
