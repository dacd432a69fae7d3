"""Spelling made equal: two words that sound alike in Dutch become one form, so that typing errors match too."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"(?<=\w)['’`´‘](?=\w)|(?<!\w)['’`´‘](?=\w)")
DOUBLED = re.compile(r"([^\W\d])\1+")  # letters only: 12 is not 112
DRAWN = re.compile(r"([^\W\d_])\1{2,}")  # "doooood"
ENDINGS = {"d": "t", "b": "p"}  # heard at the end of a Dutch word: "wort", "hep"

# Letters that are heard alike, in the order in which they are replaced.
ALIKE = (
    ("sch", "sg"),
    ("ch", "g"),
    ("gh", "g"),
    ("ij", "y"),
    ("ei", "y"),
    ("ie", "i"),
    ("au", "ou"),
    ("th", "t"),
    ("ph", "f"),
    ("qu", "kw"),
    ("ck", "k"),
    ("c", "k"),
    ("v", "f"),
    ("z", "s"),
    ("x", "ks"),
    ("dt", "t"),
)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [fold(word) for word in WORD.findall(plain(text))]


def plain(text: str) -> str:
    """Lower case, without accents, apostrophes inside words and invisible characters."""
    apart = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
    return APOSTROPHES.sub("", kept)


def undrawn(text: str) -> str:
    """The text with letters that are drawn out written twice: "doooood" becomes "dood"."""
    return DRAWN.sub(r"\1\1", text)


def fold(word: str) -> str:
    """The form that a plain word shares with its misspellings: "slapen", "slape" and "slaape" become one."""
    heard = stem(word)
    if len(heard) > 3 and heard.endswith("en"):
        heard = heard[:-1]  # the n that nobody says
    return heard[:-1] + ENDINGS.get(heard[-1:], heard[-1:])


def stem(word: str) -> str:
    """As `fold`, but with the word's end as it was written: the beginning of longer words."""
    for written, heard in ALIKE:
        word = word.replace(written, heard)
    return DOUBLED.sub(r"\1", word)
