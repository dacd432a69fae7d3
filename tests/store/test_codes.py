"""Codes are typed by people and guessed by others."""

import pytest

from bot.store import codes


@pytest.mark.parametrize(
    "typed", ["1234 5678 9012 3456", "1234-5678-9012-3456", " 12345678 90123456\n", "1234–5678–9012–3456"]
)
def test_spaces_and_dashes_do_not_matter(typed):
    assert codes.tidy(typed) == "1234567890123456"


@pytest.mark.parametrize("wrong", ["", "123", "12345678901234567", "123456789012345a", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦"])
def test_anything_but_sixteen_plain_digits_is_no_resume_code(wrong):
    assert not codes.is_code(wrong, codes.RESUME_DIGITS)


def test_a_code_keeps_its_leading_zeros():
    assert {len(codes.new_code(2)) for _ in range(200)} == {2}


def test_a_share_id_has_128_random_bits():
    assert len(codes.new_id()) == 22
    assert len({codes.new_id() for _ in range(100)}) == 100
