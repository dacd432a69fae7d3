"""Whether words tell of a fact that the municipality may use, for the neutral mark on the person's own page."""

from bot.sense import phrases

CONTENT = "fact_words.yml"


def mentions_fact(text: str) -> bool:
    """Whether the words name work, money received, living together, time abroad or possessions.

    These are what the duty to inform is about (Participatiewet, artikel 17 lid 1); better a mark too many than too few.

    Args:
        text: the words as they stand on the page.
    """
    return phrases.mentions(text, CONTENT)
