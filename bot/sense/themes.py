"""What an answer is about, for the follow-up of this turn: computed in memory, never stored, never shown."""

from functools import cache

from bot.sense import phrases
from bot.sense.phrases import Phrases

CONTENT = "themes.yml"


def themes(text: str) -> list[str]:
    """The themes of an answer, in the order of `themes.yml`; often several, sometimes none.

    Args:
        text: the words as typed, in any spelling.
    """
    sentences = phrases.sentences(text)
    return [theme for theme, about in _themes().items() if any(about.find(sentence) for sentence in sentences)]


@cache
def _themes() -> dict[str, Phrases]:
    raw = phrases.read(CONTENT)
    return {theme: Phrases(written, raw["groups"]) for theme, written in raw["themes"].items()}
