"""What typed words mean while a help turn waits: a few fixed phrases, so that no model can read them otherwise."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

YES = "ja, jawel, ja hoor, yes, ok, oke, okay, ja dank u, ja dankje, ja ik ben veilig, ik ben veilig, veilig"
NO = "nee, neen, no, nee niet veilig, ik ben niet veilig, niet veilig, nee ik ben niet veilig"
ON = "verder, ga verder, doorgaan, ga door, door, volgende, volgende vraag, ja verder, we gaan verder"
MISREAD = (
    "u begrijpt mij fout, u begrijpt mij verkeerd, je begrijpt mij verkeerd, je begrijpt me verkeerd, "
    "verkeerd begrepen, u begrijpt het verkeerd, je begrijpt het verkeerd, "
    "nee u begrijpt mij verkeerd, nee je begrijpt me verkeerd, "
    "dat bedoel ik niet, dat bedoelde ik niet, zo bedoel ik het niet, zo bedoelde ik het niet"
)
FINE = "ja, jawel, ja hoor, het gaat, ja het gaat, gaat wel, het gaat wel, ja gaat wel, goed, ok, oke, prima"
NOT_FINE = (
    "nee, neen, no, niet goed, het gaat niet, nee het gaat niet, slecht, hulp, ik wil hulp, nee ik wil hulp, help"
)

PAUSE = "pauze, liever pauze, even pauze, ik wil pauze, stop, stoppen"
CONCERN = {"concern_ok": FINE, "concern_help": NOT_FINE, "pause": PAUSE}
CALLS = ("hulp", "help")
HELP_NOW = "hulp nu, help, help mij, help me, help nu, nu hulp, ik heb nu hulp nodig, ik wil nu hulp, sos"
ASKED = {"safe_yes": YES, "safe_no": NO, "continue": f"{ON}, {MISREAD}"}
SAFE = {"continue": f"{ON}, {YES}, {MISREAD}"}
STAY = {"continue": f"{ON}, {MISREAD}"}
ERASING = {"erase_yes": YES, "erase_no": NO}


def meaning(words: str, help_turn: Mapping[str, Any]) -> str | None:
    """The choice that typed words stand for, or None when they say something else.

    Args:
        help_turn: the record's `help`; what was asked last decides what "ja" means.
    """
    said = plain(words)
    return next((choice for choice, phrases in _table(help_turn).items() if said in phrases.split(", ")), None)


def is_worrying(words: str) -> bool:
    """Whether words that answer "gaat het wel met u?" say no or ask for help, however they go on."""
    said = plain(words).split()
    return said[:1] in (["nee"], ["neen"], ["no"]) or any(call in word for word in said for call in CALLS)


def asks_help_now(words: str) -> bool:
    """Whether the words are those of the button "Hulp nu", or another bare call for help."""
    return plain(words) in HELP_NOW.split(", ")


def plain(words: str) -> str:
    """Words without capitals, accents and marks, with single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", words.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w ]", " ", bare).split())


def _table(help_turn: Mapping[str, Any]) -> Mapping[str, str]:
    if help_turn.get("erasing"):
        return ERASING
    if help_turn["stage"] == "concern":
        return CONCERN
    if help_turn["stage"] == "stay":
        return STAY
    return SAFE if help_turn.get("safe") else ASKED
