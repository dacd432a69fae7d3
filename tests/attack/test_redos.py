"""No pattern takes longer than in proportion to the words it reads: `re` holds the whole process while it is busy.

Told by growth, not by a clock: of a text four times as long a linear pattern takes four times as long (4.3 at most as
measured), a quadratic one sixteen times. The time is the processor's own in this thread, the best of several tries.
"""

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import numpy as np
import pytest

from bot.sense.embedding import DIMENSION, Embedder, Vector
from bot.sense.masking import mask
from bot.sense.safety import MOST_PARTS
from bot.sense.sensing import Sense
from tests.attack.figures import tell
from tests.attack.patterns import call_sites, pumps, used

pytestmark = pytest.mark.slow
LENGTH = 4000  # characters: the longest that is read at once
TIMES, MOST_TIMES = 4, 9  # halfway (on a log scale) between linear and quadratic
NOTHING = 0.004  # seconds; a quadratic pattern takes a hundred times that at 16,000 characters
HANGS = 10.0  # seconds of the processor
TRIES = 3
ASKED = 5
PIECES = ["1", "06 ", "1-", "a.", "J. ", "a@", "NL91", "Kerkstraat 1, ", "ww: a1 ", "\n"]
Work = Callable[[str], object]


class Hangs(Exception):
    """The work did not end; `re` looks at signals while it works."""


class CountsEmbedded(Embedder):
    """Counts what is asked of the encoder, which takes the same time for every text."""

    def __init__(self) -> None:
        self.asked = 0

    def vector(self, text: str) -> Vector:
        self.asked += 1
        return np.zeros(DIMENSION, dtype=np.float32)


@contextmanager
def ended() -> Iterator[None]:
    """Raise in work that does not end."""

    def stop(_: int, __: FrameType | None) -> None:
        raise Hangs

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def growth(work: Work, text: Callable[[int], str], length: int = LENGTH) -> float:
    """How many times as long the work takes on a text four times this length; 0 when it is nothing at all.

    Raises:
        Hangs: it did not end.
    """
    if (first := _seconds(work, text(TIMES * length))) < NOTHING:
        return 0.0
    least = min(_seconds(work, text(length)) for _ in range(TRIES))
    return min(first, *(_seconds(work, text(TIMES * length)) for _ in range(TRIES))) / least


def _seconds(work: Work, text: str) -> float:
    with ended():
        started = time.thread_time()
        work(text)
        return time.thread_time() - started


def pumped(head: str, piece: str) -> Callable[[int], str]:
    """Texts of any length that begin alike, go on with one piece and end with what fits nothing."""
    return lambda length: head + (piece * (length // len(piece) + 1))[:length] + "\n\x00"


def searching(pattern: re.Pattern[str]) -> Work:
    """All that a pattern may be asked about a text."""
    return lambda text: (list(pattern.finditer(text)), pattern.fullmatch(text))


def is_slow(work: Work, text: Callable[[int], str], length: int = LENGTH) -> bool:
    """Whether the work grows too fast each time it is asked: a busy machine may disturb one measurement, not all."""
    try:
        return all(growth(work, text, length) > MOST_TIMES for _ in range(ASKED))
    except Hangs:
        return True


def test_every_use_of_a_pattern_in_the_source_was_seen_at_work():
    assert call_sites() == {one.place for one in used()}


def test_no_pattern_grows_faster_than_the_text():
    tried = [(one, head, piece) for one in used() for head, piece in pumps(one.pattern, one.flags)]

    slow = [case for case in tried if is_slow(searching(re.compile(case[0].pattern, case[0].flags)), pumped(*case[1:]))]

    assert slow == []
    tell("patterns", patterns=len(used()), texts=len(tried), slower_than_linear=0)


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"\s*b", r"x*y"])
def test_a_slow_pattern_is_seen(pattern: str):
    assert any(is_slow(searching(re.compile(pattern)), pumped(*pump)) for pump in pumps(pattern))


@pytest.mark.parametrize("piece", PIECES)
def test_masking_grows_with_the_text(piece: str):
    assert not is_slow(mask, pumped("", piece))


@pytest.mark.parametrize("piece", PIECES)
def test_all_reading_grows_with_the_text(piece: str):
    assert not is_slow(Sense(CountsEmbedded()).sense, pumped("", piece), LENGTH // TIMES)


@pytest.mark.parametrize("length", [LENGTH, 64_000])
def test_a_long_text_is_embedded_no_more_often_than_a_page(length: int):
    embedder = CountsEmbedded()

    Sense(embedder).sense("Ik ga naar de markt. " * (length // 21))

    assert 1 < embedder.asked <= MOST_PARTS + 1
