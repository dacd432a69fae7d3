"""Which letters paper can show: a sign in the place of others, instead of a hole or a wrong order."""

import unicodedata
from functools import cache
from itertools import groupby

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # comes with fpdf2, without types

from bot.paper.document import FONTS

RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI"}  # would stand unjoined and backwards: the library does not shape them
SIGN = "□"  # for a picture


class Letters:
    """Puts a sign where a text has letters that the paper lacks, and remembers that it did."""

    def __init__(self, other: str, note: str) -> None:
        """Prepare for one document.

        Args:
            other: what stands in the place of words in other letters.
            note: what the foot says where some were lacking.
        """
        self._other, self.note = other, note
        self.were_lacking = False

    def shown(self, text: str) -> str:
        """The text as paper can show it."""
        parts = [(can, "".join(run)) for can, run in groupby(_settled(text), _can_be_printed)]
        if all(can for can, _ in parts):
            return "".join(run for _, run in parts)
        self.were_lacking = True
        return self._joined([run if can else self._instead(run) for can, run in parts])

    def _joined(self, parts: list[str]) -> str:
        place = f"[{self._other}]"
        text = "".join(parts)
        while f"{place} {place}" in text:  # a sentence of other letters is one place
            text = text.replace(f"{place} {place}", place)
        return text

    def _instead(self, run: str) -> str:
        if any(unicodedata.category(one)[0] == "L" for one in run):
            return f"[{self._other}]"
        return SIGN if any(unicodedata.category(one)[0] in "SN" for one in run) else ""


def _settled(text: str) -> str:
    """The text without signs that have no letter of their own, and with its accents in its letters."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    return "".join(one for one in composed if one == "\n" or unicodedata.category(one)[0] != "C")


def _can_be_printed(one: str) -> bool:
    return one == "\n" or (ord(one) in _drawn() and unicodedata.bidirectional(one) not in RIGHT_TO_LEFT)


@cache
def _drawn() -> frozenset[int]:
    """What both weights of the letters can draw."""
    weights = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    return frozenset.intersection(*(frozenset(TTFont(FONTS / name).getBestCmap()) for name in weights))
