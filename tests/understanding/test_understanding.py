"""What the bot makes of sentences it has never seen: floors a little under the measured figures, so that none sinks.

The figures, what they should become and how they came about stand in docs/understanding.md.
"""

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.understanding.measures import AUTHORS, CEILINGS, FLOORS, MEASURES, SETS, the, understood

pytestmark = pytest.mark.slow

NEAR = 0.85  # cosine of counts of three and four letters


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


def test_every_measure_has_a_floor_or_a_ceiling():
    assert set(FLOORS) | set(CEILINGS) == set(MEASURES)


def test_no_test_sentence_is_nearly_a_training_sentence():
    from bot.sense.learning import CRIES, THEMES, read, spoken

    trained = [*spoken(), *(row["text"] for path in (CRIES, THEMES) for row in read(path))]
    tested = [row["text"] for author in AUTHORS for name in SETS for row in the(name, author)]

    assert near_copies(tested, trained) == []


@pytest.mark.parametrize("copy", ["ik slaap al weken slecht door de buren.", "Ik slaap al weken slecht door mn buren"])
def test_a_slightly_changed_copy_is_found(copy: str):
    assert near_copies([copy], ["ik wil graag leren koken", "ik slaap al weken slecht door de buren"]) == [copy]


def near_copies(tested: list[str], trained: list[str]) -> list[str]:
    """Sentences of more than three words that share eight in ten of their letter pieces with a trained one."""
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), use_idf=False)
    long = [text for text in tested if len(text.split()) > 3]
    counted = pieces.fit_transform([*trained, *long])
    nearest = (counted[len(trained) :] @ counted[: len(trained)].T).max(axis=1).toarray().ravel()
    return [text for text, near in zip(long, nearest, strict=True) if near >= NEAR]
