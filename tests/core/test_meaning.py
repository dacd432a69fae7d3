"""An answer or a command: what waits decides."""

import pytest
import yaml

from bot.core import questionnaire
from bot.core.meaning import SOUNDS_LIKE, decide, looks_like_code
from bot.core.texts import DOMAIN


def test_while_an_open_question_waits_a_weak_command_is_an_answer():
    assert decide("ik wil stoppen met roken", [("pause", 0.45)], "open").intent == "answer"


def test_a_plain_command_is_a_command():
    assert decide("ik wil nu stoppen", [("pause", 0.9)], "open").intent == "pause"


def test_between_the_two_the_words_are_kept_and_the_doubt_is_noted():
    reading = decide("ik stop ermee", [("pause", 0.5)], "open")

    assert (reading.intent, reading.doubt) == ("answer", "pause")


def test_a_story_is_an_answer_however_much_it_looks_like_a_command():
    story = "ik wil stoppen want mijn ex wil alles wissen en dan weet ik niet meer wat ik moet doen met het huis"

    assert decide(story, [("pause", 0.99)], "open").intent == "answer"


def test_where_only_a_button_can_answer_a_weak_guess_still_helps():
    assert decide("huh wat", [("dont_understand", 0.3)], "choice").intent == "dont_understand"


def test_words_that_nothing_was_made_of_are_an_answer():
    assert decide("", [], None).intent == "answer"


@pytest.mark.parametrize("words", ["ik wil stoppen met roken", "gestopt met blowen", "ophouden met gokken"])
def test_stopping_with_something_in_a_life_is_an_answer(words):
    assert decide(words, [("pause", 0.95)], "open").intent == "answer"


@pytest.mark.parametrize("words", ["ik wil stoppen met dit gesprek", "stop met vragen", "ik wil stoppen"])
def test_stopping_with_the_talk_is_a_command(words):
    assert decide(words, [("pause", 0.95)], "open").intent == "pause"


def test_anger_read_into_an_answer_is_asked_about_before_the_words_are_lost():
    assert decide("pff tis een rotweek geweest", [("frustration", 0.65)], "open").doubt == "frustration"


def test_what_begins_as_a_programs_command_is_nobodys_command():
    assert looks_like_code("/restart")
    assert looks_like_code("<script>")
    assert not looks_like_code("ik wil stoppen")


def test_what_a_topic_asks_about_is_no_command_unless_it_is_plain():
    assert decide("geen mens", [("ask_human", 0.94)], "open", "people").doubt == "ask_human"


@pytest.mark.parametrize("topic", [None, "housing"])
def test_the_same_words_are_a_command_where_the_topic_does_not_ask_for_them(topic):
    assert decide("geen mens", [("ask_human", 0.94)], "open", topic).intent == "ask_human"


def test_a_plain_command_is_one_at_any_topic():
    assert decide("kan ik een mens spreken", [("ask_human", 0.99)], "open", "people").intent == "ask_human"


def test_the_table_names_topics_and_intents_that_exist():
    intents = yaml.safe_load(DOMAIN.read_text("utf-8"))["intents"]
    named = {name for one in intents for name in ([one] if isinstance(one, str) else one)}

    assert set(SOUNDS_LIKE) <= set(questionnaire.load().by_id)
    assert set().union(*SOUNDS_LIKE.values()) <= named
