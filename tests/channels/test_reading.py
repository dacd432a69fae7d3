"""What somebody types or taps in WhatsApp, and what it means where this stands on the screen."""

from datetime import UTC, datetime

import pytest

from bot.channels.whatsapp_payloads import Incoming
from bot.channels.whatsapp_reading import CODE, NOTES, VOICE_AGAIN, move_code, read
from bot.core.heard import Heard
from bot.store.phones import Sender

CHOICES = [{"label": "Goed", "value": "good"}, {"label": "Gaat wel", "value": "so_so"}]
WEEK = {"question": "daily_life_day", "choices": CHOICES}
MENU = {
    "question": "menu",
    "choices": [{"label": "Wonen", "value": "topics:housing"}, {"label": "Werk", "value": "topics:work"}],
}


def incoming(kind="text", text=None, **more):
    return Incoming("wamid.1", Sender("31611111111"), datetime(2026, 1, 1, tzinfo=UTC), kind, text, **more)


def typed(words, shown=WEEK):
    return read(incoming(text=words), shown)


@pytest.mark.parametrize("words", ["2", " 2. ", "2)", "2\ufe0f\u20e3", "gaat wel", "Gaat wel!"])
def test_a_number_and_the_words_of_a_button_are_the_same(words):
    assert typed(words) == Heard(choice="so_so")


@pytest.mark.parametrize(("words", "choice"), [("ja", "keep_yes"), ("Nee.", "keep_no")])
def test_a_bare_yes_or_no_answers_a_question_of_yes_or_no(words, choice):
    choices = [{"label": "Ja, gebruiken", "value": "keep_yes"}, {"label": "Nee, niet gebruiken", "value": "keep_no"}]

    assert typed(words, {"question": "x", "choices": choices, "unseen": True}) == Heard(choice=choice)


def test_a_bare_no_is_not_the_first_answer_that_begins_with_it():
    choices = [{"label": label, "value": label} for label in ("Ja", "Nee, te duur", "Ik wacht nog", "Ik durf niet")]

    assert typed("nee", {"question": "health_care", "choices": choices}) == Heard(text="nee")


@pytest.mark.parametrize("words", ["3", "0", "112", "2 keer per week", "ik ben 2 jaar ziek", "06 12345678"])
def test_other_numbers_are_words(words):
    assert typed(words) == Heard(text=words)


@pytest.mark.parametrize(
    ("words", "picked"), [("1", "housing"), ("2 1", "work,housing"), ("1, 2 en 1", "housing,work")]
)
def test_several_topics_are_picked_by_their_numbers(words, picked):
    assert typed(words, MENU) == Heard(choice=f"topics:{picked}")


def test_two_numbers_are_no_answer_to_one_question():
    assert typed("1 2") == Heard(text="1 2")


@pytest.mark.parametrize(
    ("words", "choice"),
    [("Vorige", "back"), ("sla over", "skip"), ("STOP", "pause"), ("Leg uit!", "explain"), ("alles wissen", "erase")],
)
def test_a_command_may_be_typed(words, choice):
    assert typed(words) == Heard(choice=choice)


@pytest.mark.parametrize("words", ["ik wil stoppen met roken", "ik sla het ontbijt vaak over", "hulp"])
def test_a_command_within_other_words_is_left_to_understanding(words):
    assert typed(words) == Heard(text=words)


def test_a_new_link_can_be_asked_for():
    assert typed("nieuwe link") == Heard(choice="repeat", wants_link=True)


def test_words_to_a_question_on_our_own_page_are_marked():
    assert typed("2", {"question": "health_hard", "choices": [], "unseen": True}) == Heard(text="2", unseen=True)


@pytest.mark.parametrize("words", ["1234 5678 9012 3456", "1234567890123456", "1234-5678-9012-3456"])
def test_the_own_code_is_not_taken_here(words):
    assert typed(words) == Heard(note=CODE)


@pytest.mark.parametrize("words", ["verder 1234 5678", "Verder 12345678.", "VERDER 1234-5678"])
def test_a_code_to_go_on_here_is_known(words):
    assert move_code(incoming(text=words)) == "12345678"


@pytest.mark.parametrize("words", ["verder", "12345678", "ik wil verder 1234 5678", "verder 123 4567"])
def test_other_words_are_no_code_to_go_on(words):
    assert move_code(incoming(text=words)) is None


def test_a_button_of_the_waiting_question_is_its_answer():
    assert read(incoming("reply", "Goed", reply="daily_life_day|good"), WEEK) == Heard(choice="good")


def test_a_button_of_an_earlier_question_asks_that_one_again():
    heard = read(incoming("reply", "Ja", reply="housing_place|good"), WEEK)

    assert heard == Heard(choice="change:housing_place")


@pytest.mark.parametrize("reply", ["housing_place|skip", "|safe_yes"])
def test_an_old_button_that_is_no_answer_changes_nothing(reply):
    assert read(incoming("reply", "Sla over", reply=reply), WEEK) == Heard(choice="repeat")


def test_the_same_row_tapped_twice_is_one_answer():
    shown = {**WEEK, "tapped": "housing_place|good"}

    assert read(incoming("reply", "Goed", reply="housing_place|good"), shown) == Heard(choice="repeat")


def test_the_button_under_an_invitation_goes_on():
    assert read(incoming("reply", "Verder", reply="go_on"), {"question": "paused"}) == Heard(choice="resume")


@pytest.mark.parametrize("kind", sorted(NOTES.keys() - {"forwarded"}))
def test_what_cannot_be_read_gets_a_note(kind):
    assert read(incoming(kind), WEEK).note == NOTES[kind]


def test_a_second_voice_note_offers_a_human():
    assert read(incoming("voice"), {**WEEK, "voices": 1}).note == VOICE_AGAIN


def test_the_words_under_a_picture_are_words():
    assert read(incoming("media", "mijn tuin"), WEEK) == Heard(text="mijn tuin")


def test_forwarded_words_are_somebody_elses():
    heard = read(incoming(text="lees dit eens", forwarded=True), WEEK)

    assert heard == Heard(note="utter_whatsapp_forwarded", beside="lees dit eens")
