"""Passwords and codes: the word itself is replaced, what is said about it stays."""

import pytest

from bot.sense.masking import mask
from bot.sense.secret_words import looks_secret, surely_secret


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wachtwoord is Poes123", "wachtwoord is [wachtwoord]"),
        ("mijn wachtwoord is poesje", "mijn wachtwoord is [wachtwoord]"),
        ("wachtwoord voor de wifi hier is gastvrij2023", "wachtwoord voor de wifi hier is [wachtwoord]"),
        ("wachtwoord van mijn mail is hoofdletter Poes55", "wachtwoord van mijn mail is hoofdletter [wachtwoord]"),
        ("wachtwoord was Poes.2020 en nu Poes.2026", "wachtwoord was [wachtwoord] en nu [wachtwoord]"),
        ("het wachtwoord is veranderd in Poes123", "het wachtwoord is veranderd in [wachtwoord]"),
        ("wachtwoord gewijzigd naar Winter#77", "wachtwoord gewijzigd naar [wachtwoord]"),
        ('wachtwoord is "mijn oude kat"', 'wachtwoord is "[wachtwoord]"'),
        ("mijn wachtwoord (Poes123!) werkt niet", "mijn wachtwoord ([wachtwoord]) werkt niet"),
        (
            "mijn wachtwoord vergeet ik steeds, het is Poes123!",
            "mijn wachtwoord vergeet ik steeds, het is [wachtwoord]",
        ),
    ],
)
def test_a_password_after_its_name_is_replaced(words, expected):
    assert mask(words).text == expected


@pytest.mark.parametrize("name", ["wagtwoord", "wachwoord", "wachtwoort", "paswoord", "pasword", "password", "pw"])
def test_the_name_may_be_misspelt_or_short(name):
    assert mask(f"mijn {name} is mamalief").text == f"mijn {name} is [wachtwoord]"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ik gebruik overal fikkie als wachtwoord", "ik gebruik overal [wachtwoord] als wachtwoord"),
        ("Welkom01 is mijn wachtwoord", "[wachtwoord] is mijn wachtwoord"),
        ("ik heb 4821 als pincode", "ik heb [wachtwoord] als pincode"),
        ("het is nu Zomer-2025, mijn wachtwoord", "het is nu [wachtwoord], mijn wachtwoord"),
    ],
)
def test_a_password_before_its_name_is_replaced(words, expected):
    assert mask(words).text == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("gebruikersnaam rotje met Singel!5", "gebruikersnaam rotje met [wachtwoord]"),
        ("inlog is duifje1 met ww geheim", "inlog is duifje1 met ww [wachtwoord]"),
        ("mail jan@gmail.com wachtwoord pannenkoek kan dat", "mail [e-mail] wachtwoord [wachtwoord] kan dat"),
        ("login: piet99 / Hond2024!", "login: piet99 / [wachtwoord]"),
        ("ww van werk.nl is Ajax020!!", "ww van werk.nl is [wachtwoord]"),
    ],
)
def test_a_password_with_a_users_name_is_replaced(words, expected):
    assert mask(words).text == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mijn pin is 0 3 7 7 denk ik", "mijn pin is [wachtwoord] denk ik"),
        ("pincode is een twee drie vier", "pincode is [wachtwoord]"),
        ("verificatiecode 118 905, wat nu?", "verificatiecode [wachtwoord], wat nu?"),
        ("kreeg een code per sms: 603418 en nu", "kreeg een code per sms: [wachtwoord] en nu"),
        ("de code die ik kreeg is 48-39-20", "de code die ik kreeg is [wachtwoord]"),
        ("toegangscode 4407# van de voordeur", "toegangscode [wachtwoord] van de voordeur"),
        ("code van de voordeur 4455", "code van de voordeur [wachtwoord]"),
        ("inlogcode: AB12-CD34", "inlogcode: [wachtwoord]"),
        ("puk code 83015577 op het kaartje", "puk code [wachtwoord] op het kaartje"),
    ],
)
def test_a_code_is_replaced(words, expected):
    assert mask(words).text == expected


@pytest.mark.parametrize("word", ["Poes123!", "minecraft4ever", "koarte1948", "s0ldaatje#"])
def test_letters_with_digits_look_secret(word):
    assert looks_secret(word)
    assert surely_secret(word + "12")


@pytest.mark.parametrize("word", ["20e", "3x", "B1-niveau", "06-nummer", "werk.nl", "A2", "welkom", "2024"])
def test_ordinary_words_with_a_digit_do_not_look_secret(word):
    assert not looks_secret(word)
