"""What the bot makes of sentences it has never seen: floors a little under the measured figures, so that none sinks.

The figures, what they should become and how they came about stand in docs/understanding.md.
"""

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from tests.understanding.measures import AUTHORS, MEASURES, SETS, the, understood

pytestmark = pytest.mark.slow

NEAR = 0.85  # cosine of counts of three and four letters

# A row for each measure, a column for each author; floors only rise and ceilings only fall.
FLOORS = {
    "intents": (0.92, 0.92, 0.91),
    "answers kept": (0.985, 0.985, 0.965),
    "explicit cries heard": (0.99, 0.99, 0.99),
    "veiled cries heard": (0.87, 0.89, 0.91),
    "cries by signals alone": (0.835, 0.805, 0.855),
    "themes, micro F1": (0.705, 0.80, 0.755),
    "names masked": (0.98, 0.98, 0.80),
    "numbers and addresses masked": (0.98, 0.98, 0.94),
    "nothing masked in harmless sentences": (0.97, 0.97, 0.91),
}
CEILINGS = {
    "ordinary answers with signals": (0.02, 0.047, 0.024),
    "ordinary answers with concern": (0.075, 0.115, 0.085),
    "misleading sentences with signals": (0.115, 0.115, 0.11),
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
    pieces.fit([*trained, *long])
    nearest = (pieces.transform(long) @ pieces.transform(trained).T).max(axis=1).toarray().ravel()
    return [text for text, near in zip(long, nearest, strict=True) if near >= NEAR]
