"""E-mail addresses, streets with a house number, and postcodes."""

import pytest

from bot.sense.masking import mask


@pytest.mark.parametrize(
    "number",
    [
        "12", "12b", "101-3", "12/3", "501 3-hoog achter", "77 1hoog", "22 hs", "12-hs", "12 bis", "340 A02", "5-II",
        "233 bus 4", "300 k12", "19 zwart", "12 app. 4", "12a-3", "nr 12", "nummer twaalf", "honderd twaalf",
    ],
)  # fmt: skip
def test_a_house_number_is_replaced_with_its_addition(number):
    assert mask(f"Kerkstraat {number}, daar woon ik").text == "[adres], daar woon ik"


@pytest.mark.parametrize(
    "street",
    [
        "2e Schuytstraat", "Eerste Oosterparkstraat", "van der helststr.", "J.P. Coenstraat", "Johan de Wittlaan",
        "kerkstraad", "achterstroate", "dorpsstrjitte", "Hoofdweg-Noord", "Ringbaan West", "Tulpen laan", "Oude Gracht",
        "Grote Markt", "Plein 1944 nr", "Plein '40-'45", "laan van meerdervoort", "'s-Gravenweg", "prins hendrikkade",
    ],
)  # fmt: skip
def test_a_street_is_replaced_as_a_whole(street):
    assert mask(f"{street} 9, daar woon ik").text == "[adres], daar woon ik"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("woonadres Kanaaldijk Zuid 8, een boot", "woonadres [adres], een boot"),
        ("mijn zus woont De Wieken 15 en belt", "mijn zus woont [adres] en belt"),
        ("adres is de wieken 15", "adres is [adres]"),
        ("stuur naar Kromme Elleboog 6", "stuur naar [adres]"),
        ("kromme elleboog 6, 9712 BJ", "[adres], [postcode]"),
        ("In 7511 JE Enschede op de Klomp 28 huur ik", "In [postcode] Enschede op [adres] huur ik"),
        ("een caravan, Recreatiepark 't Vossenhol 131", "een caravan, [adres]"),
        ("ik woon aan de Singel 12", "ik woon aan de [adres]"),
    ],
)
def test_a_street_is_known_by_the_words_around_it(words, expected):
    assert mask(words).text == expected


@pytest.mark.parametrize("postcode", ["1315-RG", "1315 RG", "1315RG", "1315rg", "2011 AB"])
def test_a_postcode_is_replaced(postcode):
    assert mask(f"ik zit in {postcode} Haarlem").text == "ik zit in [postcode] Haarlem"


@pytest.mark.parametrize("words", ["In 2024 AD-krant gelezen", "Paracetamol 1000 mg", "in 2010 WW gehad", "1500 MG"])
def test_a_year_or_a_measure_is_no_postcode(words):
    assert mask(words).text == words


@pytest.mark.parametrize(
    "address",
    [
        "sambusa_77 (at) yahoo.com", "jan[at]ziggo.nl", "jan @ gmail.com", "jan@hotmail,com",
        "jan apestaart kpn punt nl",
        "jan apenstaartje gmail punt com", "jan punt de vries apenstaart gmail punt com", "jan at hotmail punt nl",
    ],
)  # fmt: skip
def test_an_email_address_is_replaced_typed_or_said(address):
    assert mask(f"mail: {address} graag").text == "mail: [e-mail] graag"


def test_words_said_to_be_written_together_are_one_address():
    words = "alles aan elkaar de wandelaar apestaart outlook punt com en klaar"

    assert mask(words).text == "alles aan elkaar [e-mail] en klaar"
