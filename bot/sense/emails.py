"""Where e-mail addresses stand, typed or spelled out."""

import re
from collections.abc import Iterator

from bot.sense.numbers import Span

LOCAL = r"[\w.+%\-]"
SIGN = r"(?:at|@|ad|apestaart|apenstaart|aapestaart|apestaartje|apenstaartje|aapje)"
AT = re.compile(
    rf"(?<={LOCAL}) ?@ ?(?=\w)"
    rf"|(?<={LOCAL})\s?[(\[{{] ?{SIGN} ?[)\]}}]\s?"
    r"|\s(?:ape|apen|aape|aapen|aap)-?\s?(?:staart|start|sjtaart)(?:je|tje|ke|n)?\s",
    re.IGNORECASE,
)
SAID_AT = re.compile(r" (?:at|aapje|et) ", re.IGNORECASE)
JOINT = r"(?:punt|streepje|underscore|onderstreepje|laag streepje|liggend streepje|koppelteken|min|plus)"
PARTICLE = r"(?:van|de|der|den|ten|ter|el|al)"
BEFORE = re.compile(
    rf"(?:(?:{LOCAL}{{1,64}} [(]?{JOINT}[)]? ){{1,4}}(?:{PARTICLE} ){{0,2}})?{LOCAL}{{1,64}}$", re.IGNORECASE
)
TOGETHER = re.compile(r"\b(?:aan|achter) elkaar(?: geschreven)?[:,]? (?=(?:[\w.\-]{1,30} ?){1,5}$)", re.IGNORECASE)
TIGHT = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
TOP = "com|nl|be|net|org|eu|de|info|me|tr|pl|online|email"
SAID = re.compile(rf"[\w\-]{{1,63}}(?:(?:,| ?[(\[]?(?:\.|punt|dot)[)\]]? ?)(?:{TOP})\b){{1,2}}", re.IGNORECASE)
PROVIDER = re.compile(r"(?:gmail|hotmail|outlook|live|ziggo|kpn|yahoo|icloud|msn|xs4all|planet|home)\b", re.IGNORECASE)
LONGEST_LOCAL = 200


def emails(text: str) -> Iterator[tuple[Span, str]]:
    """Where e-mail addresses stand, also spelled out ("jan apenstaartje gmail punt com")."""
    for at in (*AT.finditer(text), *SAID_AT.finditer(text)):
        end = _after(text, at)
        start = _before(text, at) if end else None
        if start is not None and end is not None:
            yield (start, end), "[e-mail]"


def _before(text: str, at: re.Match[str]) -> int | None:
    place = at.start()
    begin = max(0, place - LONGEST_LOCAL)
    # from the last breaks only, so that a long row of letters is not tried from each of its places
    begin = max(begin, _last_breaks(text, begin, place))
    together = TOGETHER.search(text, begin, place) if at[0][0].isspace() else None
    if together:  # "alles aan elkaar: de wandelaar apestaart ..."
        return together.end()
    found = BEFORE.search(text, begin, place)
    return found.start() if found else None


def _last_breaks(text: str, begin: int, at: int) -> int:
    parts = text[begin:at].split(" ")
    return at - len(" ".join(parts[-9:]))


def _after(text: str, at: re.Match[str]) -> int | None:
    tight = TIGHT.match(text, at.end())
    said = SAID.match(text, at.end())
    if SAID_AT.fullmatch(at[0]):
        return said.end() if said and PROVIDER.match(text, at.end()) else None
    ends = [one.end() for one in (tight if "@" in at[0] or "(" in at[0] or "[" in at[0] else None, said) if one]
    if not ends:
        ends = [one.end() for one in (tight, PROVIDER.match(text, at.end())) if one]
    return max(ends, default=None)
