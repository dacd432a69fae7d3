"""Whether words tell something about somebody's health, which needs a yes of its own before it is kept."""

from functools import cache

from bot.sense import phrases
from bot.sense.phrases import Phrases

CONTENT = "health_words.yml"


def mentions_health(text: str) -> bool:
    """Whether the words name an illness, pain, treatment or handicap (AVG, article 9, in narrow words).

    Args:
        text: the words as typed, in any spelling.
    """
    return any(_words().find(sentence) for sentence in phrases.sentences(text))


@cache
def _words() -> Phrases:
    raw = phrases.read(CONTENT)
    return Phrases(raw["phrases"], raw["groups"])
