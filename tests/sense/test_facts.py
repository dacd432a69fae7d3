"""Words about facts that the municipality may use are noticed, whatever the question was."""

import pytest

from bot.sense.facts import mentions_fact


@pytest.mark.parametrize(
    "words",
    [
        "ik help twee ochtenden in de winkel van mijn neef",
        "kheb beetje verdient met schoonmaken",
        "ik pas op de kinderen van mijn zus",
        "mijn broer betaalt mijn huur",
        "ik krijg elke maand geld van mijn moeder",
        "mn vriend slaapt vaak bij mij",
        "mijn dochter woont weer bij mij",
        "we wonen samen",
        "ik ga 4 weken naar marokko",
        "ik verkoop spullen op marktplaats",
        "ik heb een erfenis gehad",
        "ik heb een autootje",
    ],
)
def test_a_fact_of_the_duty_to_inform_is_noticed(words):
    assert mentions_fact(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ik slaap slecht",
        "ik wil graag leren koken",
        "een rustig gesprek zonder haast",
        "ik ben bang voor de post",
        "mijn kinderen zijn mijn alles",
        "ik praat graag met mijn zus",
        "ik wil liever thuis werken",
    ],
)
def test_an_ordinary_line_carries_no_mark(words):
    assert not mentions_fact(words)
