"""One message as it came in, read safely."""

import pytest

from bot.web.said import LONGEST, Said


@pytest.mark.parametrize("text", ["a", "7", "…ja", "سلام", "é", "你好"])
def test_a_letter_or_a_digit_in_any_script_can_be_read(text: str):
    assert Said(text).is_readable


@pytest.mark.parametrize("text", ["", " \t", "🙂", "!?", "\u0000", "\u200b", "\ud83d"])
def test_without_a_letter_or_a_digit_there_is_nothing_to_read(text: str):
    assert not Said(text).is_readable


def test_words_are_composed_so_that_one_letter_is_one_character():
    assert Said("e\u0301e\u0301n").words == "één"


def test_a_space_of_no_width_is_a_space_between_words_and_hides_no_number():
    assert Said("ik\u200bwil\u200b\u200bgraag").words == "ik wil graag"
    assert Said("123\u200b456\u200b782").words == "123456782"


def test_lines_and_joiners_stay():
    assert Said("een\ntwee \u200cdrie").words == "een\ntwee \u200cdrie"


def test_a_text_is_too_long_by_what_is_left_of_it():
    assert not Said("a" * LONGEST + "\u200b" * 9).is_too_long
    assert Said("a" * (LONGEST + 1)).is_too_long


def test_the_same_body_has_the_same_fingerprint():
    assert Said("a", message_id="1").fingerprint(b"key") == Said("a", message_id="2").fingerprint(b"key")


@pytest.mark.parametrize("other", [Said("b"), Said(None, "a"), Said("a ")])
def test_another_body_has_another_fingerprint(other: Said):
    assert Said("a").fingerprint(b"key") != other.fingerprint(b"key")


def test_without_the_key_a_fingerprint_tells_nothing():
    assert Said("a").fingerprint(b"key") != Said("a").fingerprint(b"other key")
