"""Where the word or number itself stands that somebody gives as a password or a code."""

import re
from collections.abc import Iterator

from bot.sense.nearby import SENTENCE_END, after, before, pattern, words
from bot.sense.numbers import YEARS, Span
from bot.sense.secret_words import can_follow, is_plain, looks_secret, stands_out, surely_secret
from bot.sense.spoken import Part, rows

TAG = "[wachtwoord]"
Found = tuple[Span, str]
Spoken = dict[int, list[Part]]  # rows of numbers in words, by where they begin

VALUE = re.compile(r"\s{0,3}[\"'“‘«(]?([^\s\"'”’»,;]{1,60})")
QUOTED = re.compile(r"\s{0,3}[\"“‘«]([^\"”’»\n_]{2,40})[\"”’»]")
END_OF_WORD = ".?)"  # an exclamation mark may belong to the password
# one word of a lead such as "van mijn mail" or "die ik kreeg"
FILLER = r"(?:[ \t]{1,3}[\w\-@./'’]{1,20})"
IS = r"(?:is|was|luidt|dat is|da's|heet|wordt|werd|moet zijn|zou zijn)"
CHANGED = r"(?:veranderd|verandert|gewijzigd|aangepast|gezet|omgezet|ingesteld) (?:in|naar|op|als)"
LINK = re.compile(rf"\s{{0,3}}(?:{IS}(?!\w):?|[=:])", re.IGNORECASE)
LONG_LINK = re.compile(rf"{FILLER}{{0,9}}?(?:\s{{1,3}}(?:{IS}|{CHANGED})(?!\w):?|\s{{0,3}}[=:])", re.IGNORECASE)
CHANGED_END = re.compile(rf"{CHANGED}$", re.IGNORECASE)
FOR_WHAT = re.compile(r"\s{1,3}(?:van|voor|bij|op)\b", re.IGNORECASE)
BETWEEN = re.compile(
    r"\s{1,3}(?:(?:met |een |grote |kleine )?(?:hoofdletter|letter)s?"
    r"|met|gewoon|nu|nog|steeds|altijd|nieuwe?|weer|dus|toen|simpel)\b",
    re.IGNORECASE,
)
MOST_BETWEEN = 3
# a further password behind the first: "was X en nu Y"
NEXT = re.compile(
    r"[!]?,?(?:\s{1,2}(?:en|of|maar|nu|dan|daarna|toen|nieuwe?|oude?|is|was|wordt|nog|ook|soms|de|het|mijn)\b:?){1,5}",
    re.IGNORECASE,
)
# digits with spaces between them: one by one or in equal groups
CODE = re.compile(
    r"\s{0,3}(\d(?:[ .\-]\d){3,7}|\d\d(?:[ .\-]\d\d){1,3}|\d{3}[ .\-]\d{3}|\d{4}[ .\-]\d{4}|\d{4,10})"
    r"([#*]?)(?![ ]?\d|\w|[,.:/\-]\d)"
)
FAR_CODE = re.compile(
    r"\s(?:(?:van|voor|op|bij)(?: [^\W\d_]{2,15}){1,3}|bankpas|pas|telefoon|voordeur|deur|wifi|app|bank)"
    r"(?=:? \d{4,6}(?!\d))",
    re.IGNORECASE,
)
AS_PASSWORD = re.compile(
    r"(?<![^\s\"'“‘(])([^\s\"'”’»,;()]{3,60})[\"'”’]?,? (als|is|was|dat is|dit is|da's)(?: nu| dus)? "
    r"(?:(?:mijn|me|m'n|mn|mien|het|de|een|ons|vast|nieuwe?|oude?) ){0,2}$",
    re.IGNORECASE,
)
USES = re.compile(
    r"\b(?:gebruik|gebruikte|gebruiken|neem|nam|koos|kies) (?:(?:nu|altijd|overal|steeds|vaak|ook) )?$", re.I
)
ACCOUNT = re.compile(
    r"\b(?:gebruikersnaam|gebruikers naam|inlognaam|username|login|log in|inlog|account|gebruiker|user|digid naam)\b",
    re.I,
)
WITH = re.compile(r"[^.!?\n]{0,30}?(?: met | en |, ?| ?/ ?| : )(?:(?:pass|pas|ww|pw)\b:? ?)?", re.IGNORECASE)
SPLIT = re.compile(r"[^\s\"”’»,;]{6,60}")
FAR_BEHIND, FAR_BEFORE = 60, 50  # characters
COVERED_EMAIL = re.compile(r"_{8}[ ,/]{1,3}(?:en |met |mijn |me |m'n )?$")
BEGINNING = re.compile(r"(?:^|[.!?\n])\s{0,9}(?:(?:mijn|mien|me|m'n|mn|het|zijn|haar|ons|met) )?$", re.IGNORECASE)
# after these the word before was a verb: "mijn wachtwoord schrijf ik op"
SUBJECT = re.compile(
    r" (?:ik|je|jij|hij|ie|zij|ze|we|wij|u|mijn|me|is|was|moet|kan|het|de|een|niet|lukt)\b", re.IGNORECASE
)


def passwords(text: str) -> Iterator[Found]:
    """Where the word itself stands that somebody gives as a password or code."""
    said = {row[0].start: row for row in rows(text, fewest=2)}
    for named in pattern("password_words").finditer(text):
        found = _behind(text, named, said) or _in_front(text, named) or _around(text, named)
        if found:
            yield found, TAG
            yield from _more(text, found[1])
    for named in ACCOUNT.finditer(text):
        yield from _of_account(text, named.end())


def _behind(text: str, named: re.Match[str], said: Spoken) -> Span | None:
    """The password after its name: "wachtwoord is X", "wachtwoord X", "wachtwoord veranderd in X"."""
    link = LINK.match(text, named.end())
    far = None if link else LONG_LINK.match(text, named.end())
    if far and SENTENCE_END.search(far[0]):
        far = None
    at = (link or far or named).end()
    quoted = QUOTED.match(text, at) if link or far else None
    if quoted:
        return quoted.span(1)
    code = _code(text, named, at, said) if _is_code(named[0]) else None
    if code:
        return code
    announced = link is not None or (far is not None and _tells_for_what(far[0]))
    return _word(text, at, named, announced) or (_word(text, named.end(), named, announced=False) if far else None)


def _tells_for_what(lead: str) -> bool:
    return FOR_WHAT.match(lead) is not None and CHANGED_END.search(lead) is None


def _code(text: str, named: re.Match[str], at: int, said: Spoken) -> Span | None:
    """The digits of a code, typed or in words, behind its name or the "is" that ends here."""
    linked = at > named.end()
    lead = None if linked else FAR_CODE.match(text, at)
    at = lead.end() if lead else at
    found = CODE.match(text, at)
    if found:
        is_year = named[0].lower() == "digid" and not linked and len(found[1]) == 4 and int(found[1]) in YEARS
        return None if is_year else (found.start(1), found.end(2))
    row = next((said[place] for place in range(at, at + 4) if place in said), [])
    digits = sum(len(part.digits) for part in row)
    return (row[0].start, row[-1].end) if 4 <= digits <= 10 else None


def _word(text: str, at: int, named: re.Match[str], announced: bool) -> Span | None:
    """The word at this place when it can be a password; "gewoon" and the like may stand before it."""
    for _ in range(MOST_BETWEEN):
        between = BETWEEN.match(text, at)
        if between is None:
            break
        at, announced = between.end(), False
    value = VALUE.match(text, at)
    word = value[1].rstrip(END_OF_WORD) if value else ""
    if value is None or not _is_password(text, word, value.start(1), named, announced):
        return None
    return value.start(1), value.start(1) + len(word)


def _is_password(text: str, word: str, at: int, named: re.Match[str], announced: bool) -> bool:
    name = named[0].lower()
    if name == "ww":  # also short for an allowance: "mijn ww is gestopt"
        is_other = word.lower() in words()["never_passwords"] or word.startswith("_") or len(word) < 3
        return looks_secret(word) or (not is_other and _has_account(text, named))
    if can_follow(word, _is_code(name), announced):
        return True
    if _is_code(name) or not stands_out(word):
        return False
    begins = BEGINNING.search(text, max(0, named.start() - 12), named.start()) is not None
    return _has_account(text, named) or (begins and SUBJECT.match(text, at + len(word)) is None)


def _has_account(text: str, named: re.Match[str]) -> bool:
    """Whether a user's name or an e-mail address stands shortly before."""
    said = before(text, named.start())
    return ACCOUNT.search(said) is not None or COVERED_EMAIL.search(said) is not None


def _is_code(name: str) -> bool:
    return name.lower() in words()["code_words"]


def _in_front(text: str, named: re.Match[str]) -> Span | None:
    """The password before its name: "ik gebruik X als wachtwoord", "X is mijn pincode"."""
    found = AS_PASSWORD.search(text, max(0, named.start() - 90), named.start())
    if found is None or found[1].startswith(("[", "_")):
        return None
    word = found[1].rstrip(END_OF_WORD)
    span = found.start(1), found.start(1) + len(word)
    if _is_code(named[0]):
        return span if word.isdigit() and 4 <= len(word) <= 8 else None
    is_used = found[2].lower() == "als" and USES.search(text, max(0, span[0] - 40), span[0]) is not None
    return span if looks_secret(word) or (is_used and is_plain(word)) else None


def _around(text: str, named: re.Match[str]) -> Span | None:
    """What can only be a password, a little further in the same sentence: "vergeet ik steeds, het is Poes123!"."""
    if _is_code(named[0]):
        return None
    behind, front = after(text, named.end(), FAR_BEHIND), before(text, named.start(), FAR_BEFORE)
    if ACCOUNT.search(front):  # a user's name may look like a password
        front = ""
    for said, start in ((behind, named.end()), (front, named.start() - len(front))):
        for word in SPLIT.finditer(said):
            value = word[0].strip("\"'“‘«()").rstrip(END_OF_WORD)
            if surely_secret(value):
                at = text.index(value, start + word.start())
                whole = VALUE.match(text, at)  # an exclamation mark ended the words, but belongs to the password
                return at, at + len(whole[1].rstrip(END_OF_WORD)) if whole else at + len(value)
    return None


def _more(text: str, end: int) -> Iterator[Found]:
    """Passwords that follow on the first: "was X en nu Y"."""
    then = NEXT.match(text, end)
    found = _secret_at(text, then.end()) if then else None
    if found:
        yield found, TAG


def _of_account(text: str, at: int) -> Iterator[Found]:
    """What stands with a user's name and can only be a password: "gebruikersnaam jan met Zomer!5"."""
    joint = WITH.match(text, at)
    found = _secret_at(text, joint.end()) if joint else None
    if found:
        yield found, TAG


def _secret_at(text: str, at: int) -> Span | None:
    value = VALUE.match(text, at)
    word = value[1].rstrip(END_OF_WORD) if value else ""
    return (value.start(1), value.start(1) + len(word)) if value and looks_secret(word) else None
