"""Masking: what points to one person goes, everything else stays."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.help import load
from bot.sense.masking import mask, show
from bot.sense.nearby import has_word
from bot.sense.numbers import is_bsn, is_iban

EMPTY = frozenset()


def shown(words):
    masked = mask(words)
    return show(masked.text, masked.names)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mijn bsn is 123456782", "mijn bsn is [bsn]"),
        ("123 456 782", "[bsn]"),
        ("1234.56.782 is mijn nummer", "[bsn] is mijn nummer"),
        ("1 2 3 4 5 6 7 8 2", "[bsn]"),
        ("burgerservicenummer: 123456789", "burgerservicenummer: [bsn]"),
        ("mijn bsn 12345678 geloof ik", "mijn bsn [bsn] geloof ik"),
        ("NL91 ABNA 0417 1643 00 is van mij", "[iban] is van mij"),
        ("nl91abna0417164300", "[iban]"),
        ("rekening BE68 5390 0754 7034", "rekening [iban]"),
        ("bel 06 12 34 56 78", "bel [telefoon]"),
        ("+31 (0)6 1234 5678 of 020-1234567", "[telefoon] of [telefoon]"),
        ("app naar 31612345678", "app naar [telefoon]"),
        ("mail fatma.k@hotmail.com.", "mail [e-mail]."),
        ("jan apenstaartje gmail punt com", "[e-mail]"),
        ("ik woon Kerkstraat 12b, 1234 AB Utrecht", "ik woon [adres], [postcode] Utrecht"),
        ("Laan van Meerdervoort 100", "[adres]"),
        ("Kerkstraat 12 en het is daar vochtig", "[adres] en het is daar vochtig"),
        ("Kerkstraat 12 bij de kerk", "[adres] bij de kerk"),
        ("1234ab", "[postcode]"),
        ("geboren op 3 mei 1975", "geboren op [geboortedatum]"),
        ("12-03-1980", "[geboortedatum]"),
        ("mijn wachtwoord is Welkom01!", "mijn wachtwoord is [wachtwoord]"),
        ("pincode: 1234", "pincode: [wachtwoord]"),
        ("mijn code is 1234 5678 9012 3456", "mijn code is [wachtwoord]"),
    ],
)
def test_what_points_to_one_person_is_replaced(words, expected):
    assert shown(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "ik ben 63 jaar en heb 3 kinderen",
        "in 2019 en 2020 was het moeilijk",
        "bus 12 komt om 14:30 uur",
        "de schuld is € 1.250,00 of 300 euro",
        "bel 112 of 113",
        "op 12-03-2026 is het gesprek",
        "ik loop onderweg 2 uur en sta op straat 3 dagen",
        "zaaknummer 123456789",
        "mijn wachtwoord is vergeten",
        "ik fiets 1500 km",
        "ik at gisteren. Daarna sliep ik.",
        "ik kom uit Marokko en lees de Bijbel",
        "op maandag in mei ben ik vrij",
        "Mijn man werkt en mijn zus is lief",
        "meneer belde mij",
    ],
)
def test_what_points_to_nobody_stays(words):
    assert shown(words) == words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ik heet fatima el amrani en ik ben moe", "ik heet [naam] en ik ben moe"),
        ("mijn broer Mohamed helpt", "mijn broer [naam] helpt"),
        ("mevrouw de Vries van de gemeente", "mevrouw [naam] van de gemeente"),
        ("Jan en Fatma komen", "[naam] en [naam] komen"),
        ("met vriendelijke groet, J. Bakker", "met vriendelijke groet, [naam]"),
        ("IK HEET MOHAMED EN IK BEN MOE", "IK HEET [naam] EN IK BEN MOE"),
        ("mijn zus fatma woont ver weg", "mijn zus [naam] woont ver weg"),
    ],
)
def test_names_are_marked_and_can_be_shown_as_a_word(words, expected):
    assert shown(words) == expected


@pytest.mark.parametrize("words", ["geboren 12-03-'84", "12 mrt 84 ben ik geboren", "3/4/90 is mijn geboortedatum"])
def test_a_birth_date_with_a_short_year_is_replaced(words):
    assert "[geboortedatum]" in shown(words)


@pytest.mark.parametrize("words", ["de brief van 3-4-24", "afspraak op 12-03-26"])
def test_a_date_of_these_years_stays(words):
    assert shown(words) == words


def test_names_stay_in_the_masked_text():
    masked = mask("mijn broer Mohamed, 06-12345678")

    assert masked.text == "mijn broer Mohamed, [telefoon]"
    assert [masked.text[start:end] for start, end in masked.names] == ["Mohamed"]


def test_spans_outside_the_text_are_passed_over():
    assert show("kort", [(2, 90), (-3, 2), (3, 3)]) == "kort"


@pytest.mark.parametrize("line", load().lines.values(), ids=lambda line: line.id)
def test_the_number_of_every_help_line_is_left_alone(line):
    for number in (line.number, *line.also):
        assert mask(f"ik heb {number} gebeld").text == f"ik heb {number} gebeld"


def test_the_numbers_that_may_stay_can_be_given():
    assert mask("bel 030-2860000", public={"0302860000"}).text == "bel 030-2860000"
    assert mask("bel 030-2860000", public=EMPTY).text == "bel [telefoon]"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_masked(words):
    masked = mask(words)

    assert all(0 <= start < end <= len(masked.text) for start, end in masked.names)
    assert masked.names == sorted(masked.names)


def bsns():
    return st.integers(10_000_000, 99_999_999).map(lambda n: f"{n}").flatmap(_with_check_digit)


def _with_check_digit(eight):
    found = [eight + last for last in "0123456789" if is_bsn(eight + last)]
    return st.just(found[0] if found else "123456782")


def ibans():
    return st.integers(0, 10**10 - 1).map(lambda n: _checked("NL", f"INGB{n:010}"))


def _checked(country, account):
    return next(whole for check in range(98) if is_iban(whole := f"{country}{check:02}{account}"))


def announces_no_case(text):
    """Whether the words before a number leave open what it is: the number of a case, an order or a code stays."""
    return not has_word("case_words", text, 0, len(text))


@given(st.text(max_size=80).filter(announces_no_case), bsns(), st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_a_bsn_is_found_in_any_text(before, bsn, after):
    assert bsn not in mask(f"{before} {bsn} {after}").text


@given(st.text(max_size=80), ibans(), st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_an_iban_is_found_in_any_text(before, iban, after):
    assert iban not in mask(f"{before} {iban} {after}").text


EMAILS = st.from_regex(r"[a-z]{2,8}\.[a-z]{2,8}@[a-z]{3,9}\.(nl|com)", fullmatch=True)


@given(st.text(max_size=80), EMAILS, st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_an_email_is_found_in_any_text(before, email, after):
    assert email not in mask(f"{before} {email} {after}").text


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "a",
        " ",
        "-",
        "@",
        "a@",
        "Jan ",
        "NL91",
        "wachtwoord ",
        "wachtwoord van a ",
        "straat 1 ",
        "0612345678",
        "van de ",
        "1-",
        "12345678 ",
        "een ",
        "nul zes ",
        "12 mei ",
        "geboren ",
        "adres is de ",
        "Kerk straat ",
        "code ",
        "1234 AB ",
        "jan punt ",
    ],
)
def test_no_answer_keeps_masking_busy(piece):
    words = (piece * 4000)[:4000]
    mask("warm")

    start = time.perf_counter()
    mask(words)

    assert time.perf_counter() - start < 2.0


def test_a_masked_text_stays_as_it_is():
    once = mask("bsn 123456782, NL91ABNA0417164300, jan@voorbeeld.nl, 06-12345678, pin 4321").text

    assert mask(once).text == once
    assert re.findall(r"\d", once) == []
