"""Names of people are found with and without a capital, and words, shops and animals are left alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.sense.names import find_names


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in find_names(text)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Fatima helpt mij met de brieven", ["Fatima"]),
        ("fatima helpt me", ["fatima"]),
        ("samen met oksana naar de markt", ["oksana"]),
        ("Henk de Jong belde", ["Henk de Jong"]),
        ("Bram vd Broek is mijn mentor", ["Bram vd Broek"]),
        ("ik sprak J.P. van Dongen", ["J.P. van Dongen"]),
        ("groeten van Ibrahim Jalloh", ["Ibrahim Jalloh"]),
        ("Anna's fiets", ["Anna"]),
        ("Ton beslist over mijn geld", ["Ton"]),
        ("ik ga met Joy naar de kerk", ["Joy"]),
        ("familie Jansen heeft me opgevangen", ["Jansen"]),
        ("BEL MOHAMMED MAAR", ["MOHAMMED"]),
        ("de wijkagent Erik Mulder kent mij", ["Erik Mulder"]),
    ],
)
def test_a_name_is_found(words, found):
    assert names(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "die man ken ik niet",
        "de storm is voorbij",
        "NIKS HELPT",
        "mijn moeder woont in Canada",
        "de DUO en het CJIB bellen elke week",
        "onze kat heet Minoes",
        "bij Jan Linders is het goedkoop",
        "Mei komt eraan",
        "ik wil mijn naam gezet zien",
        "a. wonen b. werken",
        "dat zeg ik u. De kat is ziek",
    ],
)
def test_what_is_no_name_stays(words):
    assert names(words) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("aan dex heb ik beloofd dat ik stop met roken", ["dex"]),
        ("wij zijn met roos, bram en noor", ["roos", "bram", "noor"]),
        ("bel me op [telefoon], groetjes Ans", ["Ans"]),
    ],
)
def test_what_stands_around_a_word_makes_it_a_name(words, found):
    assert names(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "er staat een roos op het balkon",
        "ik woon [adres] in Doetinchem",
        "een storm op zee",
        "B.S.N. [bsn]",
        "dat is max",
    ],
)
def test_the_same_words_and_tags_are_no_names_elsewhere(words):
    assert names(words) == []


@pytest.mark.parametrize("words", ["", " ", "...", "\u0000", "🙂" * 50, "\ud800 Anna", "\u202eannA", "a" * 10_000])
def test_odd_signs_break_nothing(words):
    assert all(0 <= start < end <= len(words) for start, end in find_names(words))


def test_many_at_once_do_not_get_each_others_names():
    said = ["Fatima helpt mij met de brieven", "er staat een roos op het balkon", "ik ga met Joy naar de kerk"] * 40
    alone = [find_names(words) for words in said]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(find_names, said)) == alone
