"""Whether words tell something about somebody's health, which needs a yes of its own before it is kept."""

from bot.sense import phrases

CONTENT = "health_words.yml"


def mentions_health(text: str) -> bool:
    """Whether the words name an illness, pain, treatment or handicap (AVG, article 9, in narrow words).

    Args:
        text: the words as typed, in any spelling.
    """
    return phrases.mentions(text, CONTENT)
