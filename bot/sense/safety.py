"""The safety net: clear and doubtful cries for help in one message, the same in every state of the talk.

Two readers look together. Fixed phrases (`bot/content/safety_phrases.yml`) say what everybody would recognise; a linear
classifier learned from thousands of sentences (`data/sense/cries.jsonl`) hears what is only hinted at.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bot.core.help import PRECEDENCE
from bot.sense import phrases
from bot.sense.embedding import Embedder, Vector
from bot.sense.linear import Linear, softmax
from bot.sense.phrases import Phrases

CONTENT = "safety_phrases.yml"
WEIGHTS = Path(__file__).parent / "weights" / "safety.npz"
WORRY, CALM = "concern", "none"  # the classifier's labels beside the seven signals
NEAR = 2  # words: "nu" further from a cry is often about how things are better now

# Chances between 0 and 1, chosen on data/development: 1.5 of 100 ordinary answers get a help turn there, 7 a warm
# question. What a phrase of the file finds is never met with silence.
CLEAR = 0.5  # of all signals together
CLEAR_WITH_PHRASE = 0.4  # the same, where a fixed phrase says it too
CLEAR_THOUGH_OVER = 0.8  # where one says a cry, but as something of the past
ALSO = 0.25  # a second signal
DOUBTFUL = 0.22
WORRY_COUNTS = 0.2  # what is only sad or tiring counts less than a hint of danger
PART = 160  # characters; in a longer message each part is read by itself, or a cry would drown in it
SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
MOST_PARTS = 12  # that are embedded; of what lies between the first and the last of them the phrases must do
UNKNOWN: Vector = np.zeros(1, dtype=np.float32)


@dataclass(frozen=True)
class Net:
    """The compiled phrases; what each list means stands at the top of `safety_phrases.yml`."""

    signals: dict[str, Phrases]
    concern: Phrases
    harmless: Phrases
    softened: Phrases
    settled: Phrases
    now: Phrases


def read(text: str, vector: Vector, embedder: Embedder) -> tuple[list[str], bool]:
    """Look for cries for help in one message.

    Args:
        text: the words as typed, in any spelling.
        vector: the text's embedding.
        embedder: embeds the parts of a long message.

    Returns:
        The clear cries (`signals`), the most urgent first, and whether there is a doubtful one. A doubtful cry beside
        a clear one counts for nothing: the help turn already asks how the person is.
    """
    if len(text) <= PART:
        signals, doubtful = _read(text, vector)
    else:
        parts, half = _parts(text), MOST_PARTS // 2
        middle = range(half, len(parts) - half)
        vectors = (UNKNOWN if at in middle else embedder.vector(part) for at, part in enumerate(parts))
        readings = [_read(part, vector) for part, vector in zip(parts, vectors, strict=True)]
        signals = [signal for found, _ in readings for signal in found]
        doubtful = any(doubt for _, doubt in readings)
    return [signal for signal in PRECEDENCE if signal in signals], doubtful and not signals


def found(text: str) -> list[float]:
    """For each signal, and for the concern, whether a fixed phrase says it: what the classifier learns from."""
    signals, doubtful = by_phrases(text)
    return [*(float(signal in signals) for signal in PRECEDENCE), float(doubtful)]


def by_phrases(text: str) -> tuple[list[str], bool]:
    """The clear cries and the doubt that fixed phrases find, as `read` gives them."""
    said, doubtful, _ = _phrases(text)
    return said, doubtful


def _phrases(text: str) -> tuple[list[str], bool, bool]:
    """As `by_phrases`, and whether a cry was told as past, over or denied."""
    net = _net()
    sentences = [net.harmless.without(sentence) for sentence in phrases.sentences(text)]
    settled = any(net.settled.find(sentence) for sentence in sentences)
    heard: set[str] = set()
    doubtful = over = False
    for sentence in sentences:
        cries = dict(_cries(net, sentence))
        softened = settled or net.softened.find(sentence) is not None
        heard |= {signal for signal, span in cries.items() if not softened or _is_now(net, sentence, span)}
        over = over or (softened and bool(cries))
        doubtful = doubtful or bool(cries) or net.concern.find(sentence) is not None
    return [signal for signal in PRECEDENCE if signal in heard], doubtful and not heard, over


def _read(text: str, vector: Vector) -> tuple[list[str], bool]:
    said, doubtful, over = _phrases(text)
    if not np.any(vector):  # nothing to read, or nobody to read it: then the phrases decide
        return said, doubtful
    chances = _chances(text, vector, [*(float(signal in said) for signal in PRECEDENCE), float(doubtful)])
    danger = float(sum(chances[signal] for signal in PRECEDENCE))
    if danger >= (CLEAR_WITH_PHRASE if said else CLEAR_THOUGH_OVER if over else CLEAR):
        likeliest = max(PRECEDENCE, key=lambda signal: chances[signal])
        return [signal for signal in PRECEDENCE if signal in (likeliest, *said) or chances[signal] >= ALSO], False
    return [], bool(said) or doubtful or danger + WORRY_COUNTS * chances[WORRY] >= DOUBTFUL


def _chances(text: str, vector: Vector, found: Sequence[float]) -> dict[str, float]:
    weights = _weights()
    return dict(zip(weights.labels, softmax(weights.scores(text, vector, found)).tolist(), strict=True))


def _parts(text: str) -> list[str]:
    """The message in parts of some sentences; a longer sentence is cut between words."""
    parts = [""]
    for sentence in SENTENCE.split(text):
        for piece in textwrap.wrap(sentence, PART):
            if len(parts[-1]) + len(piece) > PART:
                parts.append("")
            parts[-1] = f"{parts[-1]} {piece}".strip()
    return parts


def _cries(net: Net, sentence: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for signal, cries in net.signals.items():
        span = cries.find(sentence)
        if span:
            yield signal, span


def _is_now(net: Net, sentence: str, cry: tuple[int, int]) -> bool:
    before, inside, after = sentence[: cry[0]], sentence[cry[0] : cry[1]], sentence[cry[1] :]
    around = [*before.split()[-NEAR:], *inside.split(), *after.split()[:NEAR]]
    return net.now.find("".join(f" {word}" for word in around)) is not None


@cache
def _net() -> Net:
    raw = phrases.read(CONTENT)
    groups = raw["groups"]
    lists = {name: Phrases(raw[name], groups) for name in ("concern", "harmless", "softened", "settled", "now")}
    return Net(signals={signal: Phrases(raw["signals"][signal], groups) for signal in PRECEDENCE}, **lists)


@cache
def _weights() -> Linear:
    return Linear.load(WEIGHTS)
