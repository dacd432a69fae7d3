"""Whether the mark that an office gives to a case tells who it is about."""

import re

from bot.sense.masking import mask
from bot.sense.name_words import word_lists

BETWEEN = re.compile(r"[./-]+")
WORD = re.compile(r"[a-z]{3,}")
INITIAL = re.compile(r"(?<![a-z0-9])[a-z]\.[a-z]{3,}")  # of a name that no list knows: v.d.berg
# All but `[wachtwoord]`: PW is a law before it is a password.
TELLING = ("[bsn]", "[iban]", "[telefoon]", "[e-mail]", "[adres]", "[postcode]", "[geboortedatum]")


def tells_who(reference: str) -> bool:
    """Whether there is a number of a person, a date of birth, an address or a name in a case's mark.

    Args:
        reference: letters, digits, `-`, `/` and `.`, as `core.invitations` lets them through.
    """
    # As it stands, with its parts as words, and as one number: 1234.56.782 is a BSN too.
    readings = reference, BETWEEN.sub(" ", reference), BETWEEN.sub("", reference)
    masked = [mask(one, public=()).text for one in readings]
    return any(mark in one for one in masked for mark in TELLING) or _has_name(reference.lower())


def _has_name(low: str) -> bool:
    # By the lists, whatever the model of names thinks: it knows words in sentences, and a mark is none.
    lists = word_lists().capital, word_lists().last
    return bool(INITIAL.search(low)) or any(word in names for word in WORD.findall(low) for names in lists)
