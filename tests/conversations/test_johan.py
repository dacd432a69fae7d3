"""Johan is 63 and lives in a mouldy room two floors up; a friendly letter once asked how he is.

Asked what he wants and needs, he tells it.
"""

import json
from typing import Any

import pytest

from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow

DAMP = "beschimmeld kamertje op tweehoog, alles is vochtig"
STAIRS = "die trap is zo steil, kom er haast niet meer af met me benen"
LEGS = "me benen doen zo zeer, en ik ben flink afgevallen"
COSTS = "nee, ben niet verzekerd. hoe zou ik dat moeten betalen, een dokter?"
DOCTOR = "dat iemand es uitzoekt hoe ik naar een dokter kan zonder dak een rekening krijg"
GROUND_FLOOR = "een droog kamertje op de begane grond, meer hoeft nie"
OUTSIDE = "dan kan ik weer elke dag ff naar buite"

# what is asked, and what he types or (a tuple of one) taps
TALK: list[tuple[str, str | tuple[str]]] = [
    ("wellbeing_week", ("bad",)),
    ("wellbeing_good", "een keer buiten op het bankje gezeten in de zon"),
    ("wellbeing_need", ("talk",)),
    ("menu", ("topics:health,money,housing",)),
    ("health_consent", ("health_yes",)),
    ("health_hard", LEGS),
    ("health_well", ("morning",)),
    ("health_care", COSTS),
    ("health_need", DOCTOR),
    ("money_worries", ("often",)),
    ("money_hard", ("care_costs",)),
    ("money_wish", ("look_along",)),
    ("housing_place", DAMP),
    ("housing_hard", STAIRS),
    ("housing_wish", GROUND_FLOOR),
    ("goals_first", ("home",)),
    ("goals_why", OUTSIDE),
    ("goals_need", ("someone_along",)),
    ("goals_step", ("get_help",)),
    ("meeting_discuss", ("housing",)),
    ("meeting_avoid", "over werk, dat gaat toch niet meer"),
    ("meeting_company", ("alone",)),
    ("meeting_how", "liefst bij mij thuis, dan zie je t zelf"),
]


@pytest.fixture
def johan(begun: Person) -> Person:
    """Johan after all questions, with his page before him."""
    for question, said in TALK:
        assert begun.asked == question, begun.heard
        begun.answers(said) if isinstance(said, str) else begun.taps(*said)
    assert begun.asked == "summary", begun.heard
    return begun


def share(person: Person) -> dict[str, Any]:
    person.taps("continue", "share_yes")
    return dict(person.state["share"])


def lines(page: list[dict[str, Any]]) -> dict[str, str]:
    return {line["lineId"]: line["text"] for section in page for line in section["lines"]}


def test_asked_the_right_way_he_tells_it_and_his_contact_person_reads_it_in_his_words(johan: Person):
    read = lines(johan.opens(share(johan.shares_topic("housing", "health"))))

    assert (read["housing_place"], read["housing_hard"]) == (DAMP, STAIRS)
    assert (read["health_hard"], read["health_care"]) == (LEGS, COSTS)
    assert (read["health_need"], read["housing_wish"]) == (DOCTOR, GROUND_FLOOR)
    assert read["goals_first"] == "Ik wil dat wonen eerst beter wordt."
    assert read["goals_why"] == OUTSIDE


def test_his_wishes_stand_at_the_top_of_the_page(johan: Person):
    assert johan.opens(share(johan))[0]["topic"] == "goals"


def test_what_he_did_not_switch_on_is_not_there_and_nothing_shows_that_it_exists(johan: Person):
    page = johan.opens(share(johan.shares_topic("housing", "health")))

    assert [section["topic"] for section in page] == ["goals", "health", "housing", "meeting"]
    shown = json.dumps(page).lower()
    assert not [word for word in ("geld", "week", "bankje", "hidden", "shared") if word in shown]


def test_without_a_tap_only_his_goals_and_the_meeting_are_shared(johan: Person):
    assert [section["topic"] for section in johan.opens(share(johan))] == ["goals", "meeting"]


def test_a_topic_switched_off_after_sharing_leaves_the_shared_page(johan: Person):
    shared = share(johan.shares_topic("housing", "health"))
    johan.shares_topic("health", shared=False)

    assert LEGS not in json.dumps(johan.opens(shared))
    assert DAMP in json.dumps(johan.opens(shared))


def test_all_he_said_stands_on_his_own_page(johan: Person):
    typed = {question: said for question, said in TALK if isinstance(said, str)}

    assert {question: johan.page[question] for question in typed} == typed
