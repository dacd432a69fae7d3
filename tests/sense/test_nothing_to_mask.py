"""Masking leaves alone what only resembles personal data."""

from pathlib import Path

import pytest
import yaml

from bot.sense.masking import mask

STAYS = yaml.safe_load((Path(__file__).parent / "stays.yml").read_text("utf-8"))


@pytest.mark.parametrize("words", STAYS["passwords"])
def test_what_is_said_about_a_password_or_code_stays(words):
    assert mask(words).text == words


@pytest.mark.parametrize("words", STAYS["dates"])
def test_a_date_on_which_nobody_was_born_stays(words):
    assert mask(words).text == words


@pytest.mark.parametrize("words", STAYS["places"])
def test_a_place_where_nobody_can_be_found_stays(words):
    assert mask(words).text == words


@pytest.mark.parametrize("words", STAYS["emails"])
def test_what_is_said_about_mail_stays(words):
    assert mask(words).text == words


@pytest.mark.parametrize("words", STAYS["numbers"])
def test_a_number_that_points_to_nobody_stays(words):
    assert mask(words).text == words
