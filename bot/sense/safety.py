"""The safety net of fixed phrases: clear and doubtful cries for help, the same in every state of the talk."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.core.help import PRECEDENCE
from bot.sense import phrases
from bot.sense.phrases import Phrases

CONTENT = "safety_phrases.yml"
NEAR = 2  # words: "nu" further from a cry is often about how things are better now


@dataclass(frozen=True)
class Net:
    """The compiled phrases; what each list means stands at the top of `safety_phrases.yml`."""

    signals: dict[str, Phrases]
    concern: Phrases
    harmless: Phrases
    softened: Phrases
    settled: Phrases
    now: Phrases


def read(text: str) -> tuple[list[str], bool]:
    """Look for cries for help in one message.

    Args:
        text: the words as typed, in any spelling.

    Returns:
        The clear cries (`signals`), the most urgent first, and whether there is a doubtful one. A doubtful cry beside
        a clear one counts for nothing: the help turn already asks how the person is.
    """
    net = _net()
    sentences = [net.harmless.without(sentence) for sentence in phrases.sentences(text)]
    settled = any(net.settled.find(sentence) for sentence in sentences)
    found: set[str] = set()
    doubtful = False
    for sentence in sentences:
        cries = dict(_cries(net, sentence))
        softened = settled or net.softened.find(sentence) is not None
        found |= {signal for signal, span in cries.items() if not softened or _is_now(net, sentence, span)}
        doubtful = doubtful or bool(cries) or net.concern.find(sentence) is not None
    return [signal for signal in PRECEDENCE if signal in found], doubtful and not found


def signals(text: str) -> list[str]:
    """The clear cries for help in a message, the most urgent first."""
    return read(text)[0]


def concern(text: str) -> bool:
    """Whether a message holds a doubtful cry for help, and no clear one."""
    return read(text)[1]


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
