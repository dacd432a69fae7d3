"""Takes out of a text what points to one person, before anything is stored or logged."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.core import help as helplines
from bot.sense.dates import dates
from bot.sense.emails import emails
from bot.sense.names import find_names
from bot.sense.numbers import Span, ibans, numbers
from bot.sense.passwords import passwords
from bot.sense.places import addresses
from bot.sense.postcodes import postcodes

NAME = "[naam]"
Found = tuple[Span, str | None]


@dataclass(frozen=True)
class Masked:
    """A text without numbers, addresses and passwords.

    Args:
        text: the only form that may be stored; names of people still stand in it.
        names: where they stand in `text`, as (start, end).
    """

    text: str
    names: list[Span]


def mask(text: str, public: Collection[str] | None = None) -> Masked:
    """Replace what points to one person, and find the names of people.

    Args:
        text: the words as typed, of any length.
        public: the digits of telephone numbers that may stay; default those of the help lines and the municipality.
    """
    stay = _public() if public is None else public
    covered, found = text, list[tuple[Span, str | None]]()
    for look in (emails, ibans_found, dates, lambda rest: numbers(rest, stay), passwords, postcodes, addresses):
        covered = _add(covered, found, look(covered))
    masked = _replace(text, found)
    return Masked(masked, find_names(masked))


def show(text: str, names: Iterable[Span]) -> str:
    """A masked text with its names hidden too.

    Args:
        text: `Masked.text`.
        names: `Masked.names`; a span outside the text is passed over.
    """
    return _replace(text, [(span, NAME) for span in names if 0 <= span[0] < span[1] <= len(text)])


def ibans_found(text: str) -> Iterator[Found]:
    """Where account numbers stand, each with its tag."""
    return ((span, "[iban]") for span in ibans(text))


@cache
def _public() -> frozenset[str]:
    return helplines.load().public_numbers


def _add(covered: str, found: list[Found], new: Iterable[Found]) -> str:
    """Keep what overlaps nothing that was found earlier, and cover it for the lookers that come after."""
    pieces, at = [], 0
    for span, tag in sorted(new, key=lambda one: (one[0][0], -one[0][1])):
        if span[0] >= at:
            found.append((span, tag))
            pieces += [covered[at : span[0]], "_" * (span[1] - span[0])]
            at = span[1]
    return "".join([*pieces, covered[at:]])


def _replace(text: str, found: Iterable[Found]) -> str:
    pieces, at = [], 0
    for (start, end), tag in sorted(found):
        if tag is not None and start >= at:
            pieces += [text[at:start], tag]
            at = end
    return "".join([*pieces, text[at:]])
