"""Birth dates are replaced however they are written; other dates stay."""

import pytest

from bot.sense.masking import mask


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("geboren op drieëntwintig november 1974", "geboren op [geboortedatum]"),
        ("geboren zes april negentiennegentig in Oss", "geboren [geboortedatum] in Oss"),
        ("geboren de eenentwintigste juni negentienhonderd zestig", "geboren de [geboortedatum]"),
        ("geboren twaalf drie negentienhonderd tachtig", "geboren [geboortedatum]"),
        ("geboren drie mei vijfenzeventig", "geboren [geboortedatum]"),
        ("3 mei tweeduizend twee is mijn geboortedatum", "[geboortedatum] is mijn geboortedatum"),
        ("geb. 04081966", "geb. [geboortedatum]"),
        ("geboren: 3 5 75", "geboren: [geboortedatum]"),
        ("geboren 3 mei '09", "geboren [geboortedatum]"),
        ("op 9 augustus 2024 geboren, dus moe", "op [geboortedatum] geboren, dus moe"),
        ("de kleine kwam op 3 mei 2024 ter wereld", "de kleine kwam op [geboortedatum] ter wereld"),
        ("mijn tweeling is van 13 juli '09", "mijn tweeling is van [geboortedatum]"),
        ("mijn zoontje is van 3 mei 2020", "mijn zoontje is van [geboortedatum]"),
        ("zij zijn van 3-5-2008 en 4-6-2020", "zij zijn van [geboortedatum] en [geboortedatum]"),
        ("mijn dochter (3-5-2018) slaapt", "mijn dochter ([geboortedatum]) slaapt"),
        ("op drie mei ben ik jarig", "op [geboortedatum] ben ik jarig"),
    ],
)
def test_a_birth_date_is_replaced(words, expected):
    assert mask(words).text == expected


@pytest.mark.parametrize(
    "words",
    [
        "ik ben geboren in Oss en op 12 maart 2026 heb ik een gesprek",
        "op 3 mei 1998 ben ik naar Nederland gekomen",
        "van 1 mei 2003 tot 5 juni 2010 werkte ik daar",
        "mijn vader overleed op 3 mei 1998",
        "mijn diploma is van 4 juli 2001",
    ],
)
def test_a_date_of_something_else_stays(words):
    assert mask(words).text == words


def test_the_first_name_of_a_street_is_no_january():
    assert mask("Tweede Jan Steenstraat 12").text == "[adres]"
