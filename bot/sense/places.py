"""Where somebody can be found: e-mail addresses, streets with a number, postcodes."""

import re
from collections.abc import Iterator
from functools import cache

from bot.sense.numbers import Span, words

LOCAL = r"[\w.+%\-]"
SAID_TAIL = r"\s(?:apestaart|apenstaart|aapestaart)(?:je|tje)?\s"
AT = re.compile(rf"(?<=[\w.+%\-]) ?@ ?(?=\w)|\(at\)|\[at\]|{SAID_TAIL}", re.IGNORECASE)
SAID_AT = re.compile(r" at ", re.IGNORECASE)
BEFORE = re.compile(rf"(?:{LOCAL}{{1,64}} (?:punt|streepje|underscore) ){{0,4}}{LOCAL}{{1,64}}$", re.IGNORECASE)
TIGHT = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
TOP = "com|nl|be|net|org|eu|de|info|me|tr|pl|online|email"
SAID = re.compile(rf"[\w\-]{{1,63}}(?: ?(?:\.| punt | dot ) ?(?:{TOP})\b){{1,2}}", re.IGNORECASE)
PROVIDER = re.compile(r"(?:gmail|hotmail|outlook|live|ziggo|kpn|yahoo|icloud|msn|xs4all|planet|home)\b", re.IGNORECASE)
LONGEST_LOCAL = 200

# endings that are enough in lower case; the other ones also close ordinary words
SURE = {"straat", "straatje", "laan", "weg", "plein", "gracht", "kade", "dijk", "singel", "steeg", "dreef", "plantsoen"}
STREET = re.compile(r"(?<![\w'’.\-])([^\W\d_][\w'’.\-]{1,40}) {1,2}(?:nr\.? ?|nummer )?(\d{1,4})(?!\d)")
SUFFIX = re.compile(r" ?[-/]? ?(?:hs|bis|[a-zA-Z](?![\w'])|\d{1,3}(?![\d:.,]))")
NAMED = re.compile(
    r"\b(?:Laan|Plein|Weg|Straat|Park|Kade|Singel|Hof|Gracht|Dreef|Avenue|Burgemeester|Burg\.|Prof\.|Dr\.|Mr\.) "
    r"(?:(?:van|der|de|den|het|ten|ter|'t) ){0,3}(?:[A-Z][\w'’.\-]{1,30} ){1,3}\d{1,4}(?:[a-zA-Z](?!\w))?(?!\d)"
)
FIRST_WORDS = re.compile(r"(?:(?:[A-Z][\w'’.\-]{0,30}|van|de|der|den|het|ten|ter|'t|v/d|v\.d\.) ){1,4}$")
CONTEXT = re.compile(r"(?:adres|woon|woont|wonen|woonde|gevestigd|straat is)\b.{0,25}$", re.IGNORECASE | re.DOTALL)
SENTENCE_STARTS = {"ik", "mijn", "op", "in", "aan", "wij", "het", "de", "adres", "naar", "daar", "dit", "we", "en"}
UNIT_AFTER = re.compile(r"\s*([^\W\d_]+|%|€)")
BETWEEN_NUMBERS = re.compile(r"\s*bij\s*\d")  # "3 bij 4"; "Kerkstraat 12 bij de kerk" is an address
POSTCODE = re.compile(r"(?<![\w€])([1-9]\d{3})(\s?)([A-Za-z]{2})(?![\w])")
RECENT = range(1900, 2040)
NEVER_ISSUED = {"SA", "SD", "SS"}  # PostNL gives out no postcodes with these letters


def emails(text: str) -> Iterator[tuple[Span, str]]:
    """Where e-mail addresses stand, also spelled out ("jan apenstaartje gmail punt com")."""
    for at in (*AT.finditer(text), *SAID_AT.finditer(text)):
        end = _after(text, at)
        start = _before(text, at.start()) if end else None
        if start is not None and end is not None:
            yield (start, end), "[e-mail]"


def _before(text: str, at: int) -> int | None:
    begin = max(0, at - LONGEST_LOCAL)
    # from the last breaks only, so that a long row of letters is not tried from each of its places
    found = BEFORE.search(text, max(begin, _last_breaks(text, begin, at)), at)
    return found.start() if found else None


def _last_breaks(text: str, begin: int, at: int) -> int:
    parts = text[begin:at].split(" ")
    return at - len(" ".join(parts[-9:]))


def _after(text: str, at: re.Match[str]) -> int | None:
    tight = TIGHT.match(text, at.end())
    said = SAID.match(text, at.end())
    if at[0] == " at ":
        return said.end() if said and PROVIDER.match(text, at.end()) else None
    ends = [one.end() for one in (tight if at[0] == "@" else None, said) if one]
    if not ends:
        ends = [one.end() for one in (tight, PROVIDER.match(text, at.end())) if one]
    return max(ends, default=None)


def addresses(text: str) -> Iterator[tuple[Span, str]]:
    """Where a street and a house number stand together."""
    for found in NAMED.finditer(text):
        yield found.span(), "[adres]"
    for found in STREET.finditer(text):
        if _is_street(text, found) and not _counts(text, found.end()):
            yield (_first_word(text, found), _last_sign(text, found.end())), "[adres]"


def _is_street(text: str, found: re.Match[str]) -> bool:
    word = found[1].lower().rstrip(".")
    ending = next((one for one in _endings() if word.endswith(one)), None)
    if ending is None or any(word.endswith(no) for no in words()["no_streets"]):
        return False
    near = CONTEXT.search(text, max(0, found.start() - 60), found.start()) is not None
    compound = len(word) > len(ending) + 1
    return near or (compound and (ending in SURE or found[1][0].isupper()))


@cache
def _endings() -> list[str]:
    return sorted(words()["street_endings"], key=len, reverse=True)


def _counts(text: str, end: int) -> bool:
    after = UNIT_AFTER.match(text, end)
    return after is not None and (after[1].lower() in words()["units"] or BETWEEN_NUMBERS.match(text, end) is not None)


def _first_word(text: str, found: re.Match[str]) -> int:
    before = FIRST_WORDS.search(text, max(0, found.start() - 60), found.start())
    if before is None or not found[1][0].isupper():
        return found.start()
    kept = before[0].split()
    while kept and (kept[0].islower() or kept[0].lower() in SENTENCE_STARTS):
        kept = kept[1:]
    return found.start() - len(" ".join(kept)) - 1 if kept else found.start()


def _last_sign(text: str, end: int) -> int:
    suffix = SUFFIX.match(text, end)
    return suffix.end() if suffix else end


def postcodes(text: str) -> Iterator[tuple[Span, str]]:
    """Where Dutch postcodes stand."""
    for found in POSTCODE.finditer(text):
        if _is_postcode(*found.groups()):
            yield found.span(), "[postcode]"


def _is_postcode(digits: str, space: str, letters: str) -> bool:
    is_word = letters.lower() in words()["no_postcode_letters"]
    if letters.upper() in NEVER_ISSUED or (is_word and int(digits) in RECENT):
        return False
    return letters.isupper() or not (is_word and (space or letters.lower() in ("km", "kg", "cm", "mm", "ml", "m2")))
