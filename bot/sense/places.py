"""Where somebody can be found: streets with a house number."""

import re
from collections.abc import Iterator
from functools import cache

from bot.sense.houses import addition_end, counts, house_end
from bot.sense.nearby import words
from bot.sense.numbers import Span

TAG = "[adres]"
LETTERS = r"(?:[^\W\d_]|['’.\-])"
WORD = re.compile(rf"(?<![\w'’.\-/@])(?:'[st]-)?[^\W\d_]{LETTERS}{{1,40}}")
ABBREVIATED = re.compile(r"str\.$", re.IGNORECASE)
WIND = re.compile(r"-(?:noord|zuid|oost|west)$")  # "Hoofdweg-Noord"
PARTICLE = r"(?:van|der|de|den|het|ten|ter|'t|op|aan)"
NAMED = re.compile(
    r"\b(?:Laan|Plein|Weg|Straat|Park|Kade|Singel|Hof|Gracht|Dreef|Avenue|Kanaal|Boulevard|"
    r"Burgemeester|Burg\.|Prof\.|Dr\.|Mr\.|"
    r"Recreatiepark|Vakantiepark|Bungalowpark|Woonwagenkamp|Camping|Residentie|Huize) "
    rf"(?:{PARTICLE} ){{0,3}}(?:(?:'[st] ?)?[A-Z][\w'’.\-]{{1,30}} ){{0,2}}(?:'[st] ?)?[A-Z][\w'’.\-]{{1,30}}"
    r"|\b(?:laan|plein|hof|park) van (?:de |het |den )?[^\W\d_]{3,30}(?: [^\W\d_]{2,20}){0,2}?(?= (?:nr |nummer )?\d)"
    r"|\b(?:[Pp]lein|[Ll]aan|[Ss]traat)(?: van)? ['’]?(?:19)?\d\d(?: ?- ?['’]?(?:19)?\d\d)?(?= (?:nr|nummer|\d))"
)
CONTEXT = re.compile(
    r"(?:adres|woon|woont|wonen|woonde|woonachtig|weun|woan|weunt|woant|gevestigd|verhuisd"
    r"|(?:straat|huis) is|stuur\w* naar)\b.{0,25}$",
    re.IGNORECASE | re.DOTALL,
)
PREVIOUS = re.compile(rf"(?<![\w'’.\-])(\d{{1,2}}(?:e|de|ste)|{LETTERS}{{1,30}}) $", re.IGNORECASE)
MOST_FIRST_WORDS = 5
PARTICLES = {"van", "de", "der", "den", "het", "ten", "ter", "'t", "v/d", "v.d."}
OWN_PARTICLES = ("van der ", "van den ", "ten ", "ter ", "'t ")  # begin the name of a street; "van de" does not
LONGEST_OWN = 8

# streets whose name does not tell that they are one
NUMBER = re.compile(r"(?<=[^\W\d_] )(?:nr\.? ?|nummer )?(\d{1,4})(?![\d€%]|[.:]\d|,\d{1,2}(?!\d))", re.IGNORECASE)
ANNOUNCED = re.compile(
    r"(?:adres(?: (?:is|was|wordt|luidt))?|woon|woont|wonen|woonde|woonden|weun|woan|wonend|woonachtig|huis is"
    r"|(?:stuur|stuurt|sturen|opsturen|post|brief|verhuisd|verhuis|verhuizen) naar|ingeschreven)"
    r"[:=,]? (?:(?:op|aan|nu|hier|sinds kort|tijdelijk|nog|namelijk|dus) ){0,2}$",
    re.IGNORECASE,
)
# after this a street may be in lower case too
ADDRESS_IS = re.compile(
    r"adres(?: (?:is|was|wordt|luidt):?|[:=]) ?(?:(?:op|aan|nu|de|het|'t) ){0,2}(?:[^\W\d_]{3,20} )?$", re.IGNORECASE
)
POSTCODE_BEHIND = re.compile(r"[ ,\n]{1,3}(?:in |te )?_{6,8}(?!_)")
POSTCODE_BEFORE = re.compile(
    r"(?<!_)_{6,8},? (?:(?:in|te) )?[A-Z][\w\-]{2,20}(?: [A-Z][\w\-]{2,20})?,? (?:(?:op|aan) )?$"
)
AFTER_HOUSE = re.compile(
    r"\s*(?:$|[,.;:!?)\n/]|(?:in|te|en|dat|maar|want|op|boven|onder|naast|bij|achter|daar|waar|of|met|vlakbij|tegenover|sinds)\b|_)",
    re.IGNORECASE,
)
ARTICLES = {"de", "het", "'t", "den", "t"}
CAPITAL_LEADS = {"Op", "Aan", "In", "Achter", "Onder", "Boven", "Over"}  # "Op de Bos 56" can be a name as a whole


def addresses(text: str) -> Iterator[tuple[Span, str]]:
    """Where a street and a house number stand together."""
    named = [*_named(text), *_with_type(text)]
    yield from ((span, TAG) for span in named)
    seen = {end for _, end in named}
    for number in NUMBER.finditer(text):
        start, end = _nameless_start(text, number), addition_end(text, number.end())
        if start is not None and end not in seen:
            yield (start, end), TAG


def _named(text: str) -> Iterator[Span]:
    for found in NAMED.finditer(text):
        end = house_end(text, found.end())
        if end:
            yield found.start(), end


def _with_type(text: str) -> Iterator[Span]:
    for word in WORD.finditer(text):
        end = house_end(text, word.end()) if _is_street(text, word) else None
        if end:
            yield _first_word(text, word), end


def _is_street(text: str, found: re.Match[str]) -> bool:
    if found[0].endswith(".") and not ABBREVIATED.search(found[0]):  # the sentence ends here
        return False
    word = WIND.sub("", found[0].lower().rstrip(".'’-"))
    ending = next((one for one in _endings() if word.endswith(one)), None) if word.endswith(_endings()) else None
    if ending is None or any(word.endswith(no) for no in words()["no_streets"]):
        return False
    if len(word) <= len(ending) + 1:
        return word in words()["street_words"] and (_has_name(text, found) or _is_capital_name(text, found))
    return ending in words()["sure_street_endings"] or found[0][0].isupper() or _is_announced(text, found.start())


def _is_announced(text: str, start: int) -> bool:
    return CONTEXT.search(text, max(0, start - 60), start) is not None


def _is_capital_name(text: str, found: re.Match[str]) -> bool:
    """Whether the word alone is the name: "ik woon aan de Singel 12"."""
    return found[0][0].isupper() and _is_announced(text, found.start())


def _has_name(text: str, found: re.Match[str]) -> bool:
    """Whether a name stands right before "straat" or "laan"."""
    before = PREVIOUS.search(text, max(0, found.start() - 32), found.start())
    if before is None or not _can_begin(before[1]) or before[1].lower() in words()["no_street_names"]:
        return False
    known = before[1][0].isupper() or before[1].lower() in words()["street_firsts"]
    return known or _is_announced(text, before.start())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(words()["street_endings"], key=len, reverse=True))


def _first_word(text: str, found: re.Match[str]) -> int:
    """Where the name of a street begins that ends with this word: "2e", "Nieuwe", "van der", "Prins"."""
    kept, at = found.start(), found.start()
    alone = found[0].lower() in words()["street_words"]
    for _ in range(MOST_FIRST_WORDS):
        before = PREVIOUS.search(text, max(0, at - 32), at)
        if before is None:
            break
        word = before[1]
        if _belongs(word) or (alone and at == found.start() and _can_begin(word)):
            kept = before.start()
        elif word.lower() not in PARTICLES:
            break
        at = before.start()
        if text[at : at + LONGEST_OWN].lower().startswith(OWN_PARTICLES):
            kept = at
    return kept


def _can_begin(word: str) -> bool:
    return word.lower() not in PARTICLES and word.lower() not in words()["before_streets"]


def _belongs(word: str) -> bool:
    low = word.lower()
    if word[0].isdigit() or low in words()["street_firsts"]:
        return True
    return word[0].isupper() and low not in words()["before_streets"]


def _nameless_start(text: str, number: re.Match[str]) -> int | None:
    """Where a street begins of which only the words around it tell that it is one; None when it is none."""
    if counts(text, number.end()) or number[1][0] == "0":
        return None
    end = addition_end(text, number.end())
    behind = POSTCODE_BEHIND.match(text, end) is not None
    start = _name_start(text, number.start(), behind)
    if start is None:
        return None
    if behind or POSTCODE_BEFORE.search(text, max(0, start - 60), start):
        return start
    is_short = len(number[1]) <= 3 and AFTER_HOUSE.match(text, end) is not None
    return start if is_short and ANNOUNCED.search(text, max(0, start - 60), start) else None


def _name_start(text: str, at: int, lower_too: bool) -> int | None:
    """Where the words begin that can be the name of a street right before a number."""
    end, start = at, None
    for _ in range(MOST_FIRST_WORDS):
        before = PREVIOUS.search(text, max(0, at - 32), at)
        if before is None or not _can_name(text, before, lower_too, is_last=at == end):
            break
        at = before.start()
        start = at if before[1].lower() not in PARTICLES or before[1].lower() in ARTICLES else start
    return start


def _can_name(text: str, before: re.Match[str], lower_too: bool, is_last: bool) -> bool:
    word = before[1]
    low = word.lower()
    if low in words()["no_street_names"] or low in words()["months"]:
        return False
    if low in PARTICLES:
        return not is_last
    if word in CAPITAL_LEADS:
        return lower_too and not is_last
    if word[0].isupper():
        return low not in words()["before_streets"]
    lead = ADDRESS_IS.search(text, max(0, before.start() - 40), before.start())
    return low not in words()["before_streets"] and (lower_too or lead is not None)
