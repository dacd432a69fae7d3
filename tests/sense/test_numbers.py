"""BSNs, telephones and accounts, typed or said in words."""

import pytest

from bot.sense.masking import mask
from bot.sense.spoken import below_hundred, below_thousand, days, rows, years


@pytest.mark.parametrize(
    "words",
    [
        "46854617",
        "67 91 88 15",
        "5283 1486",
        "bsn 12345678",
        "12345678, dat is mijn bsn",
        "mijn bsn begint met een nul maar die laat ik altijd weg: 12345678",
        "12345678 staat achter burgerservicenr",
        "dat is het nummer van de belasting: 12345678",
        "mijn bsn is een twee drie vier vijf zes zeven acht twee",
    ],
)
def test_a_bsn_of_eight_digits_or_in_words_is_replaced(words):
    assert "[bsn]" in mask(words).text


def test_every_bsn_in_a_sentence_is_replaced():
    text = mask("kind 1 geb 12-12-2012 bsn 076693600, kind 2 geb 3-3-2016 bsn 16417112").text

    assert text == "kind 1 geb [geboortedatum] bsn [bsn], kind 2 geb [geboortedatum] bsn [bsn]"


@pytest.mark.parametrize("name", ["klantnummer", "zaaknummer", "kenmerk", "factuur", "polisnummer", "dossier", "order"])
def test_a_case_number_stays_even_when_it_passes_the_proof(name):
    assert mask(f"mijn {name} is 123456782").text == f"mijn {name} is 123456782"


@pytest.mark.parametrize(
    "words",
    [
        "nul zes twaalf vierendertig zesenvijftig achtenzeventig",
        "nul zes, een twee drie vier vijf zes zeven acht",
        "06 twaalf vierendertig zesenvijftig achtenzeventig",
        "nul zes acht en veertig twaalf dertien vijftien",
        "nul twintig vier een twee drie vijf zes zeven",
        "(070) 355 18 42",
        "(0031) 10 476 20 93",
        "06 (12345678)",
        "06.51.73.20.88",
        "+31 (0)6 12345678",
    ],
)
def test_a_telephone_is_replaced_as_a_whole(words):
    assert mask(f"bel {words} graag").text == "bel [telefoon] graag"


def test_a_telephone_without_its_06_is_found_behind_it():
    assert mask("m'n 06 is 12345678").text == "m'n 06 is [telefoon]"


def test_numbers_are_known_in_several_spellings():
    assert below_hundred()["tweeëntwintig"] == below_hundred()["tweeentwintig"] == 22
    assert below_thousand()["honderdtwaalf"] == 112
    assert days()["drieëntwintigste"] == days()["drieëntwintig"] == 23
    assert years()["negentienvierenzeventig"] == years()["negentienhonderdvierenzeventig"] == 1974


def test_a_row_holds_numbers_in_words_and_digits_in_order():
    (row,) = rows("bel nul zes 12 vier en dertig of niet")

    assert [part.digits for part in row] == ["0", "6", "12", "34"]


def test_digits_alone_are_no_row_in_words():
    assert list(rows("1 2 3 4 en drie")) == []
