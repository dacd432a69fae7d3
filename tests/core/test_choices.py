"""What a choice means, tapped or typed."""

import pytest

from bot.core import choices

OFFERED = [{"label": "Ja, bewaren", "value": "consent_yes"}, {"label": "Nu niets", "value": "nothing"}]


@pytest.mark.parametrize(("typed", "value"), [("ja bewaren", "consent_yes"), ("Nu niets!", "nothing"), ("niets", None)])
def test_a_label_that_was_typed_is_its_choice(typed, value):
    assert choices.written(typed, OFFERED) == value
