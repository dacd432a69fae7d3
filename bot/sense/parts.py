"""The parts of a short message that asks something, so that a command beside the question is heard too."""

import re

from bot.core.meaning import LONG
from bot.sense import phrases

CONTENT = "question_words.yml"
# "maar" only where a clause begins: in "sla maar over" it is no border
ASKS = r"(?=\s+(?:ik|wie|wat|waar|hoe|welke|wanneer|kan|mag|is)\w*)"
BETWEEN = re.compile(rf"[,.?!;:\n]+|\b(?:maar{ASKS}|en|want|dus|of)\b", re.IGNORECASE)
MOST = 4  # parts; each costs an embedding of its own


def parts(text: str) -> list[str]:
    """The clauses of "sla maar over, maar waarom wil je dat weten"; none of a message that is long or asks nothing.

    Args:
        text: the masked words.
    """
    clauses = [clause.strip() for clause in BETWEEN.split(text)]
    spoken = [clause for clause in clauses if len(clause) > 1]
    is_short = len(text.split()) <= LONG and 1 < len(spoken) <= MOST
    return spoken if is_short and ("?" in text or phrases.mentions(text, CONTENT)) else []
