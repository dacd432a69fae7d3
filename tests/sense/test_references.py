"""The mark of a case may not tell who it is about, and ordinary marks are let alone."""

import pytest

from bot.sense.references import tells_who


@pytest.mark.parametrize(
    "mark",
    [
        *("123456782", "1234.56.782", "12-34-56-782", "BSN111222333", "NL91ABNA0417164300"),
        *("0612345678", "06-12345678", "J.Jansen", "jansen", "Fatima-3", "V.d.Berg", "zaak-Jan"),
        *("Dorpsstraat-12", "kerkstraat12", "1234AB", "01-02-1980", "1980-05-03"),
    ],
)
def test_a_mark_with_a_person_in_it_is_seen(mark: str):
    assert tells_who(mark)


@pytest.mark.parametrize(
    "mark",
    [
        "Z-2026-001234",
        "Z/26/0123",
        "WMO-2026.12",
        "PW-12345",
        "dossier-4411",
        "ABC123",
        "20261208",
        "DSP.991",
        "2026-12",
    ],
)
def test_an_ordinary_mark_is_let_alone(mark: str):
    assert not tells_who(mark)
