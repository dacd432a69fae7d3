"""The safety net's figures without the trained model, so that the fast tests see them sink: the third author's set."""

import pytest

from bot.sense.sensing import Sense
from tests.understanding.measures import AUTHORS, CEILINGS, FLOORS, MEASURES, Pair, the

THIRD = AUTHORS.index("third/")


@pytest.fixture(scope="module")
def found() -> dict[str, list[Pair]]:
    """How the messages of the third author are read; of the answers only those that are surely ordinary."""
    sense = Sense()

    def read(name: str) -> list[Pair]:
        rows = [(row, sense.sense(row["text"])) for row in the(name, AUTHORS[THIRD])]
        return [(row, {"signals": sensed.signals, "concern": sensed.concern}) for row, sensed in rows]

    return {"answers": []} | {name: read(name) for name in ("signals", "ordinary", "misleading")}


@pytest.mark.parametrize("measure", ["explicit cries heard", "veiled cries heard", "cries by signals alone"])
def test_cries_for_help_are_heard(found, measure: str):
    assert MEASURES[measure](found) >= FLOORS[measure][THIRD]


@pytest.mark.parametrize("measure", CEILINGS)
def test_words_that_are_no_cry_seldom_raise_an_alarm(found, measure: str):
    assert MEASURES[measure](found) <= CEILINGS[measure][THIRD]
