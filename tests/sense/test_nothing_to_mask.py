"""Masking leaves alone what only resembles personal data."""

from pathlib import Path

import pytest
import yaml

from bot.sense.masking import mask

STAYS = yaml.safe_load((Path(__file__).parent / "stays.yml").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, listed in STAYS.items() for words in listed])
def test_what_is_said_about_numbers_dates_places_and_passwords_stays(kind, words):
    assert mask(words).text == words
