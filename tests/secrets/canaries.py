"""Secrets that can be found back in whatever form they were written down."""

import base64
import html
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprtvz" for vowel in "aeiou"]
# What a letter of its own changes: JSON, addresses, Latin-1 and UTF-8 each write this one in another way.
SPECIAL = "ë"


class Canaries:
    """Some secrets; each is another word, and both its halves begin with a mark that all of them share.

    The mark is what is looked for, so half a secret is found too, and one search finds all of them.
    """

    def __init__(self, seed: str) -> None:
        """Make the same ones for the same seed: what the bot makes of a word must not differ from run to run."""
        self._random = random.Random(seed)
        self.mark = self._syllables(4)
        self.words: dict[str, str] = {}
        self.others: dict[str, str] = {}

    def word(self, name: str) -> str:
        """A new secret of letters."""
        self.words[name] = SPECIAL.join(self.mark + self._syllables(3) for _ in range(2))
        return self.words[name]

    def number(self, name: str, digits: str) -> str:
        """Takes up a secret that has a form of its own: a number, a token, a code."""
        self.others[name] = digits
        return digits

    def bsn(self) -> str:
        """A number that passes the test of eleven, as masking wants."""
        while True:
            digits = [self._random.randrange(1, 10) for _ in range(8)]
            last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
            if last < 10:
                return self.number("bsn", "".join(map(str, [*digits, last])))

    def iban(self) -> str:
        """An account number with the right check digits (ISO 13616)."""
        account = f"{self._random.randrange(10**9, 10**10)}"
        number = int("".join(str(int(sign, 36)) for sign in f"ABNA{account}NL00"))
        return self.number("iban", f"NL{98 - number % 97:02d}ABNA{account}")

    def phone(self) -> str:
        """The number of a mobile phone."""
        return self.number("phone", f"06{self._random.randrange(10**7, 10**8)}")

    def needles(self) -> Mapping[bytes, str]:
        """What to look for in lower case, and in which form that would be."""
        cores = {
            self.mark: "mark",
            self.mark.capitalize(): "mark",
            **{core: name for name, core in self.others.items()},
        }
        return {needle.lower(): f"{name}, {form}" for core, name in cores.items() for form, needle in forms(core)}

    def named(self, folded: bytes) -> list[str]:
        """The words that some bytes in lower case hold, as far as a whole half stands there."""
        halves = {half: name for name, word in self.words.items() for half in word.split(SPECIAL)}
        return sorted({name for half, name in halves.items() if any(n.lower() in folded for _, n in forms(half))})

    def _syllables(self, count: int) -> str:
        return "".join(self._random.choice(SYLLABLES) for _ in range(count))


def forms(core: str) -> Iterator[tuple[str, bytes]]:
    """Every way in which programs write ASCII letters and digits down; names them."""
    plain = core.encode()
    yield "plain", plain
    yield "UTF-16", core.encode("utf-16-le")
    yield "hex", plain.hex().encode()
    for offset in range(3):
        # only the signs that depend on nothing but the secret: what stands before and after it is not known
        encoded = base64.b64encode(bytes(offset) + plain)
        whole = encoded[(4 * offset + 2) // 3 : (offset + len(plain)) * 4 // 3]
        yield f"base64 at {offset}", whole


def written(text: str) -> Iterable[tuple[str, bytes]]:
    """A text as programs may write it to a file, for the proof that all of it is found."""
    yield "plain", text.encode()
    yield "Latin-1", text.encode("latin-1")
    yield "upper case", text.upper().encode()
    yield "capitals", text.title().encode()
    yield "UTF-16-LE", text.encode("utf-16-le")
    yield "UTF-16-BE", text.encode("utf-16-be")
    yield "JSON", json.dumps({"text": text}).encode()
    yield "JSON in JSON", json.dumps(json.dumps(text)).encode()
    yield "address", quote(text).encode()
    yield "HTML", html.escape(text).encode("ascii", "xmlcharrefreplace")
    yield "repr", repr(text.encode()).encode()
    yield "without accents", text.replace(SPECIAL, "e").encode()
    yield "hex", text.encode().hex().encode()
    yield "HEX", text.encode().hex().upper().encode()
    yield "first half", text[: len(text) // 2].encode()
    yield "second half", text[len(text) // 2 :].encode()
    for offset in range(3):
        yield f"base64 at {offset}", base64.b64encode(b"x" * offset + text.encode() + b"yz")
        yield f"base64url at {offset}", base64.urlsafe_b64encode(b"?" * offset + text.title().encode() + b">>")
