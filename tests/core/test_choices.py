"""What a choice means, tapped or typed."""

import pytest

from bot.core import choices
from tests.talking import ROUTE, a_talk

OFFERED = [{"label": "Ja, bewaren", "value": "consent_yes"}, {"label": "Nu niets", "value": "nothing"}]


@pytest.mark.parametrize(("typed", "value"), [("ja bewaren", "consent_yes"), ("Nu niets!", "nothing"), ("niets", None)])
def test_a_label_that_was_typed_is_its_choice(typed, value):
    assert choices.written(typed, OFFERED) == value


def test_goodbye_is_offered_to_who_wants_nothing_kept():
    talk = a_talk(consent="consent_no")

    assert choices.understand("goodbye", ROUTE.step("consent_again"), talk) == choices.Understood("goodbye")
