"""The letters and words of a text as a row of numbers, without a word list: each n-gram has a place by its hash."""

from collections import Counter
from collections.abc import Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.sense.folding import plain, undrawn, words

LETTERS, WORDS = 2**15, 2**14  # places; two n-grams seldom share one, and then no harm is done
SIZE = LETTERS + WORDS
LETTER_GRAMS, WORD_GRAMS = (2, 3, 4, 5), (1, 2, 3)
MOST = 3000  # characters; a pasted page must not keep us busy


def ngrams(text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The places of a text's n-grams and how often each occurs.

    Letters are taken as typed, within words; words are folded (bot/sense/folding.py), so that typing errors match.

    Returns:
        Places in [0, SIZE), ascending, and a count of 1 or more for each.
    """
    shortened = text[:MOST]
    found = Counter(crc32(gram.encode()) % LETTERS for gram in _letters(plain(undrawn(shortened))))
    found.update(LETTERS + crc32(gram.encode()) % WORDS for gram in _words(words(shortened)))
    places = np.array(sorted(found), dtype=np.int32)
    return places, np.array([found[place] for place in places.tolist()], dtype=np.float32)


def _letters(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f" {word} "
        for size in LETTER_GRAMS:
            yield from (padded[start : start + size] for start in range(max(1, len(padded) - size + 1)))


def _words(folded: list[str]) -> Iterator[str]:
    for size in WORD_GRAMS:
        yield from (" ".join(folded[start : start + size]) for start in range(len(folded) - size + 1))
