"""Which lines a page of its own has: chosen one by one, whatever goes along elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core import summary
from bot.core.errors import LinesUnknown

Sections = list[dict[str, Any]]
Record = Mapping[str, Any]


def marks(record: Record, sections: Sections, lines: Iterable[str]) -> dict[str, str]:
    """The chosen lines, each with the mark of the answer that it was chosen with.

    Args:
        sections: the person's own page.

    Raises:
        LinesUnknown: that page has not all of these lines.
    """
    chosen = list(dict.fromkeys(lines))
    there = summary.line_ids(sections)
    if unknown := [line for line in chosen if line not in there]:
        raise LinesUnknown(unknown)
    return {line: summary.mark_of(record, line) for line in chosen}


def picked(record: Record, sections: Sections, chosen: Mapping[str, str]) -> Sections:
    """What the reader of such a page sees.

    Other words for a line follow. Another answer is another line: it follows only where it would go along anyway, as a
    yes for one line does not hold for an answer that was not there yet.
    """

    def goes(line: Mapping[str, Any]) -> bool:
        mark = chosen.get(line["lineId"])
        return mark is not None and (line["shared"] or mark == summary.mark_of(record, line["lineId"]))

    return summary.visible(
        [{**section, "lines": [{**line, "shared": goes(line)} for line in section["lines"]]} for section in sections]
    )
