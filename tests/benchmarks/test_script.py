"""The scripted conversation is what the benchmark says it is, and a person finds a way through it."""

from collections import Counter
from math import prod

from benchmarks.long_script import EARLY, LATE, LONG_SCRIPT, STEPS
from benchmarks.script import SCRIPT
from benchmarks.walk import Reply, Walk
from benchmarks.words import ANSWERS
from bot.core import questionnaire


def right_reply(walk: Walk) -> Reply:
    return Reply(walk.turn.asks, frozenset([walk.turn.tells]))


def walked(seed: str) -> list[str]:
    walk, said = Walk(SCRIPT, seed), []
    while not walk.is_over:
        said.append(walk.says())
        walk.hears(right_reply(walk))
    return said


def test_the_script_has_27_choices_and_18_texts():
    assert Counter(turn.kind for turn in SCRIPT) == {"choice": 27, "text": 18}


def test_the_script_has_a_cry_for_help_a_pause_a_resume_and_a_share():
    assert {"safety", "paused", "numbers"} <= {turn.asks for turn in SCRIPT}
    assert {"safe_yes", "continue", "resume", "share_yes"} <= {turn.choice for turn in SCRIPT}


def test_both_windows_of_the_long_script_hold_the_same_kinds_of_turns():
    early, late = ([LONG_SCRIPT[turn - 1].kind for turn in turns] for turns in (EARLY, LATE))

    assert early == late


def test_the_long_script_passes_every_question():
    asked = questionnaire.load()

    assert asked.questions.keys() - {q.id for topic in asked.offered("after") for q in topic.questions} <= set(STEPS)


def test_no_two_conversations_say_the_same():
    assert walked("a") == walked("a")
    assert walked("a") != walked("b")


def test_every_answer_has_many_wordings():
    assert min(prod(map(len, parts)) for parts in ANSWERS.values()) > 500


def test_a_right_reply_leads_to_the_next_turn():
    walk = Walk(SCRIPT, "a")

    assert walk.hears(right_reply(walk))
    assert walk.at == 1


def test_after_a_wrong_reply_the_person_answers_what_was_asked():
    walk = Walk(SCRIPT, "a")

    assert not walk.hears(Reply("wellbeing_good"))
    assert walk.turn.choice == "home"


def test_a_talk_without_a_known_question_is_over():
    walk = Walk(SCRIPT, "a")
    walk.hears(Reply(""))

    assert walk.is_over


def test_who_is_not_understood_twice_skips():
    walk = Walk(SCRIPT, "a")
    walk.hears(Reply("wellbeing_week"))
    walk.hears(Reply("wellbeing_week"))
    walk.hears(Reply("wellbeing_week"))

    assert walk.turn.choice == "skip"
