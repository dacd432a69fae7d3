"""Which words can be a password or a code, and which only say something about one."""

import re

from bot.sense.nearby import words

SIGNS = set("!@#$%&*?_=+~^€")
# "20e", "3x", "06-nummer", "B1-niveau", "werk.nl"
ORDINARY = re.compile(
    r"\d{1,4}[\-]?[^\W\d_]+|[^\W\d_]{1,3}-?\d{1,2}(?:-[^\W\d_]+)?|.{0,30}\.(?:nl|com|be|org|eu)", re.IGNORECASE
)
# "geblokkeerd", "verlopen", "onleesbaar"
DESCRIBES = re.compile(
    r"(?:ge|ver|be|ont|af|op|uit|in)[a-zë]{2,20}(?:d|t|en)|[a-z]{3,20}(?:baar|lijke?|loos|end)", re.IGNORECASE
)
ORDINARY_END = ("n", "t", "d", "ing", "je", "jes", "s")  # of verbs and of what people say about a password
SHORTEST, SHORTEST_CODE, SHORTEST_BARE = 3, 4, 5


def looks_secret(word: str) -> bool:
    """Whether no ordinary word looks like this: letters with digits or signs among them."""
    core = word.strip("!.?")
    has_letter, has_digit = any(sign.isalpha() for sign in core), _has_digit(core)
    mixed = has_letter and (has_digit or not SIGNS.isdisjoint(core))
    return mixed and len(word) >= SHORTEST_BARE and "__" not in word and not ORDINARY.fullmatch(core)


def surely_secret(word: str) -> bool:
    """Whether a word looks so much like a password that it needs no "is" before it."""
    digits, letters = sum(map(str.isdigit, word)), sum(map(str.isalpha, word))
    has_sign = not SIGNS.isdisjoint(word.rstrip("!"))
    return looks_secret(word) and letters >= 3 and digits >= 1 and (digits >= 2 or has_sign) and "_" not in word


def can_follow(word: str, is_code: bool, announced: bool) -> bool:
    """Whether a word behind the name of a password can be the password.

    Args:
        word: without quotes and the full stop of its sentence.
        is_code: whether the name is that of a code, of which digits are a part.
        announced: whether "is" stands right before, so that a plain word is one too.
    """
    if len(word) < SHORTEST or word.startswith(("[", "_")):
        return False
    if looks_secret(word):
        return True
    if is_code or _has_digit(word):
        return len(word) >= SHORTEST_CODE and _has_digit(word)
    return announced and is_plain(word)


def is_plain(word: str) -> bool:
    """Whether a word in letters says nothing about a password, so that it can be one."""
    return word.lower() not in words()["no_passwords"] and DESCRIBES.fullmatch(word) is None


def stands_out(word: str) -> bool:
    """Whether a word that nothing announces can still be a password: no verb, and not too short."""
    return word.islower() and len(word) >= SHORTEST_BARE and is_plain(word) and not word.endswith(ORDINARY_END)


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
