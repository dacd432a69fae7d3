"""What the bot makes of sentences it has never seen: floors a little under the measured figures, so that none sinks.

The figures, what they should become and how they came about stand in docs/understanding.md.
"""

import re

import pytest

from tests.understanding.measures import AUTHORS, MEASURES, SETS, the, understood

pytestmark = pytest.mark.slow

FLOORS = {
    "intents": (0.92, 0.91),
    "answers kept": (0.98, 0.96),
    "explicit cries heard": (0.99, 0.98),
    "veiled cries heard": (0.86, 0.81),
    "cries by signals alone": (0.82, 0.72),
    "themes, micro F1": (0.67, 0.76),
}
CEILINGS = {
    "ordinary answers with signals": (0.04, 0.05),
    "ordinary answers with concern": (0.10, 0.13),
    "misleading sentences with signals": (0.16, 0.24),
}


@pytest.fixture(scope="module")
def found():
    """What is understood of every author's sentences."""
    return [understood(author) for author in AUTHORS]


@pytest.mark.parametrize("author", range(len(AUTHORS)))
@pytest.mark.parametrize("measure", FLOORS)
def test_a_figure_stays_above_its_floor(found, measure: str, author: int):
    assert MEASURES[measure](found[author]) >= FLOORS[measure][author]


@pytest.mark.parametrize("author", range(len(AUTHORS)))
@pytest.mark.parametrize("measure", CEILINGS)
def test_false_alarms_stay_below_their_ceiling(found, measure: str, author: int):
    assert MEASURES[measure](found[author]) <= CEILINGS[measure][author]


def test_numbers_and_addresses_are_masked_and_harmless_numbers_left(found):
    masked = [row["masked"] == said["masked"] for row, said in found[0]["masking"]]

    assert sum(masked) / len(masked) >= 0.95


def test_every_measure_has_a_floor_or_a_ceiling():
    assert set(FLOORS) | set(CEILINGS) == set(MEASURES)


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def letters(text: str) -> set[str]:
    return {text[start : start + 4] for start in range(len(text) - 3)}


def test_no_test_sentence_is_nearly_a_training_sentence():
    from bot.sense.learning import CRIES, THEMES, read, spoken

    trained = {plain(text) for text in (*spoken(), *(row["text"] for path in (CRIES, THEMES) for row in read(path)))}
    tested = {plain(row["text"]) for author in AUTHORS for name in SETS for row in the(name, author)}
    long = [text for text in trained if len(text.split()) > 3]
    by_letters: dict[str, set[str]] = {}
    for text in long:
        for part in letters(text):
            by_letters.setdefault(part, set()).add(text)
    assert {text for text in tested & trained if len(text.split()) > 3} == set()
    assert [text for text in tested if len(text.split()) > 3 and near(text, by_letters)] == []


def near(text: str, by_letters: dict[str, set[str]]) -> bool:
    """Whether a training sentence shares nine in ten of its four-letter pieces with this one."""
    mine = letters(text)
    rare = min(mine, key=lambda part: len(by_letters.get(part, ())))
    close = by_letters.get(rare, set()) | by_letters.get(sorted(mine)[0], set())
    return any(len(mine & letters(other)) / len(mine | letters(other)) >= 0.9 for other in close)
