"""Themes: what an answer is about."""

import pytest

from bot.sense import phrases
from bot.sense import themes as about
from bot.sense.embedding import Embedder
from bot.sense.themes import CONTENT

# the names are a contract with everything that asks for themes
NAMES = """money_debts income health_physical health_mental addiction care_avoidance medication_treatment
sleep_lifestyle housing homelessness safety_home loneliness family_children informal_care separation work_wish
volunteering education language digital_skills driving_licence transport discrimination bureaucracy_distrust
control_many_agencies hobbies_strengths faith_community legal_residence"""


EMBEDDER = Embedder()


def themes(words):
    return about.themes(words, EMBEDDER.vector(words))


def test_the_table_holds_exactly_the_agreed_themes():
    assert list(phrases.read(CONTENT)["themes"]) == NAMES.split()


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("ik heb veel schulden en een deurwaarder", "money_debts"),
        ("mijn rug doet altijd pijn", "health_physical"),
        ("ik ben depressief en pieker veel", "health_mental"),
        ("ik wil stoppen met drinken", "addiction"),
        ("al 6 jaar niet naar de tandarts geweest want te duur", "care_avoidance"),
        ("er is schimmel in mijn woning", "housing"),
        ("ik slaap bij vrienden op de bank", "homelessness"),
        ("ik voel me zo eenzaam", "loneliness"),
        ("ik zorg voor mijn moeder met dementie", "informal_care"),
        ("ik wil graag parttime werken", "work_wish"),
        ("beter nederlands spreken", "language"),
        ("ik wil mijn rijbewijs halen", "driving_licence"),
        ("elke keer een andere contactpersoon en weer mijn verhaal", "control_many_agencies"),
        ("muziek maken en tuinieren", "hobbies_strengths"),
        ("ik ga elke vrijdag naar de moskee", "faith_community"),
        ("mijn verblijfsvergunning is bijna verlopen", "legal_residence"),
    ],
)
def test_an_answer_is_known_by_its_words(words, theme):
    assert theme in themes(words)


def test_an_answer_can_have_several_themes():
    assert {"money_debts", "separation"} <= set(themes("sinds mijn scheiding heb ik schulden"))


@pytest.mark.parametrize("words", ["", "ja", "weet ik niet", "gaat wel", "?"])
def test_a_short_answer_has_none(words):
    assert themes(words) == []


@pytest.mark.parametrize("words", ["dat mag wel", "ik wil hard werken", "daarmee ben ik blij", "samen koffie drinken"])
def test_common_words_that_sound_like_ill_health_are_not_about_health(words):
    assert not {"health_physical", "health_mental", "addiction"} & set(themes(words))


@pytest.mark.parametrize("words", ["ik hou van koken", "een wit huis"])
def test_common_words_that_sound_like_a_drug_are_not_about_addiction(words):
    assert "addiction" not in themes(words)
