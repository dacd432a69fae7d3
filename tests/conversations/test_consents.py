"""A yes is given for one thing, is logged with its text, and is taken back as easily as it was given."""

import pytest

from bot.store import consents
from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow
ILL = "ik heb een depressie"


def given(person: Person) -> list[tuple[str, bool]]:
    return [(entry["name"], entry["given"]) for entry in person.record["consents"]]


def version(content, key):
    return consents.version(content.texts.raw(key).text)


def test_before_the_first_yes_the_engine_writes_nothing(person: Person):
    before = person.everything_kept

    person.types("ik ben karin en wie leest dit?").taps("why", "consent_no")

    assert person.everything_kept == before


def test_words_about_health_are_not_on_disk_while_the_bot_asks_about_them(begun: Person):
    begun.types(ILL)

    assert begun.asked == "health_consent"
    assert "depressie" not in begun.everything_kept
    assert begun.taps("why").types("en ook wat angst").taps("health_yes").page["wellbeing_week"].startswith(ILL)


def test_words_that_were_lost_meanwhile_are_asked_for_again(begun: Person):
    begun.types(ILL).forgets().taps("health_yes")

    assert "niet meer" in begun.heard
    assert begun.asked == "wellbeing_week"
    assert begun.types(ILL).page["wellbeing_week"] == ILL


def test_taking_back_the_yes_to_health_erases_every_word_on_it(begun: Person):
    begun.types(ILL).taps("health_yes", "home", "rest", "topics:health")
    begun.types("mijn rug doet pijn").taps("health_no")

    assert "gewist" in begun.heard
    assert "depressie" not in begun.everything_kept
    assert "rug doet pijn" not in begun.everything_kept
    assert begun.asked == "goals_first"
    assert given(begun)[-1] == ("health_consent", False)


def test_a_no_to_health_can_become_a_yes_at_any_moment(begun: Person):
    begun.taps("good", "home", "topics:health", "health_no")
    assert begun.asked == "goals_first"

    assert begun.taps("health_yes").asked.startswith("health_")


def test_remembering_can_be_allowed_and_taken_back_at_any_moment(begun: Person):
    assert begun.taps("remember_yes").state["remember"] is True
    assert "remember" not in begun.taps("remember_no").state
    assert begun.asked == "wellbeing_week"


def test_taking_back_the_yes_to_keeping_is_asked_as_erasing(begun: Person):
    assert begun.taps("consent_no").asked == "erase"


def test_a_yes_that_was_never_asked_for_means_nothing(begun: Person):
    begun.taps("health_yes", "health_no")

    assert begun.asked == "wellbeing_week"
    assert given(begun) == [("consent", True), ("remember", False)]


def test_each_yes_and_no_is_logged_with_the_text_that_really_asked(person: Person, content):
    person.taps("consent_no", "consent_yes", "remember_no").types(ILL).taps("health_no")

    versions = [entry["textVersion"] for entry in person.record["consents"]]
    keys = ["utter_ask_consent", "utter_ask_consent_again", "utter_ask_remember", "utter_ask_health_words"]
    assert versions == [version(content, key) for key in keys]


def test_every_sharing_and_every_stop_is_logged(begun: Person):
    begun.taps("good").shares_topic("wellbeing").taps("summary", "share_yes", "share_yes")
    begun.taps("stop_sharing", "summary", "share_yes", "share_yes")

    logged = [is_yes for name, is_yes in given(begun) if name == "share"]
    assert logged == [True, False, True]


def test_words_about_health_that_looked_like_a_command_go_with_the_yes_too(begun: Person):
    begun.types(ILL).taps("health_yes").types("stoppen met mijn medicijnen")
    begun.taps("as_answer") if "as_answer" in str(begun.state["messages"][-1]["choices"]) else begun

    assert "medicijnen" not in begun.taps("health_no").everything_kept


def test_a_line_that_was_rewritten_with_words_about_health_comes_back_hidden(begun: Person, content):
    begun.types(ILL).taps("health_yes", "home", "rest", "continue").types("weg bij mijn man")
    begun.rewrites("goals_first", "ik wil van mijn depressie af")

    begun.taps("health_no")

    assert "depressie" not in begun.everything_kept
    (goals,) = [line for section in begun.sections for line in section["lines"] if line["lineId"] == "goals_first"]
    assert goals["shared"] is False


def test_words_that_worried_stay_hidden_when_they_become_the_answer_later(begun: Person):
    begun.taps("good", "home", "continue").types("ik wil van mijn depressie af, het is zwaar", concern=True)
    assert begun.state["question"]["id"] == "safety"
    begun.goes_on().taps("health_yes")

    (goals, *_) = begun.sections
    assert [(line["lineId"], line["shared"]) for line in goals["lines"]] == [("goals_first", False)]


def test_words_about_health_at_the_menu_are_not_kept_without_a_yes(begun: Person):
    begun.taps("good", "home").types("ik wil het over mijn depressie hebben")

    assert "depressie" not in begun.everything_kept


def test_a_worrying_yes_still_gets_its_warm_question(person: Person):
    person.types("ja hoor", concern=True)

    assert person.record["help"]["stage"] == "concern"
    assert [entry["name"] for entry in person.record["consents"]] == ["consent"]
