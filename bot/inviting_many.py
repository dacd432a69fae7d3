"""Makes a card for every row of a list: all of them, or none when one row is wrong."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.core import help as helplines
from bot.core.errors import Fault, InvitationWrong
from bot.core.invitation_texts import Texts, texts
from bot.core.invitations import FIELDS, Invited, read
from bot.paper.card import cards
from bot.sense.references import tells_who
from bot.settings import Settings
from bot.store.clock import utc_now
from bot.store.invitations import Made
from bot.store.store import Store
from bot.web.problems import faults

MOST = 10_000  # rows; drawn in four minutes
CARDS, LIST = "kaarten.pdf", "kaarten.csv"
COLUMNS = ("invitationId", "reference", "openingCode", "url")


@dataclass(frozen=True)
class Row:
    """One row of the list, and the line on which it ends."""

    line: int
    fields: dict[str, str]


def invite_many(settings: Settings, store: Store, file: Path, folder: Path) -> int:
    """Make the cards of a list: one PDF with all of them, and one list with what belongs to each.

    Args:
        file: CSV with the columns contactName, contactEmail, meetingAt and reference, in UTF-8, with `,` or `;`.
        folder: where both files go; made when absent. The list holds each card's token and opening code.

    Returns:
        How many cards were made.

    Raises:
        InvitationWrong: with everything to change, by line; nothing was kept or written.
        OSError: the file cannot be read, or the folder not written in.
        DatabaseDown: nothing was kept or written.
    """
    made = [store.invitations.make(one) for one in _invited(file)]
    facts = helplines.load(settings.municipality_file).placeholders()
    words = [texts(one.invited, one.token, settings.public_url, facts) for one in made]
    drafts = _drafts(folder)
    try:
        _write(drafts[0], cards(one.card for one in words))
        _write(drafts[1], _list(made, words))
        store.invitations.keep(made)
    except BaseException:  # whatever stopped it: no card may lie in the folder that opens nothing
        for draft in drafts:
            draft.unlink(missing_ok=True)
        raise
    for draft in drafts:
        draft.replace(draft.with_suffix(""))
    return len(made)


def _invited(file: Path) -> list[Invited]:
    now, found, wrong = utc_now(), list[Invited](), list[str]()
    for row in _rows(file):
        one = read(row.fields, now, tells_who)
        if isinstance(one, Invited):
            found.append(one)
        else:
            wrong += [_told(row.line, fault) for fault in one]
    if wrong:
        raise InvitationWrong("nothing was made; change this first:\n" + "\n".join(wrong))
    if not found:
        raise InvitationWrong("there is no row in the list")
    return found


def _told(line: int, fault: Fault) -> str:
    # What stands there is not repeated: it may be a name or a number.
    return f"line {line}, {fault.field}: {faults()[fault.key]}"


def _rows(file: Path) -> Iterator[Row]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvitationWrong("the list is not in UTF-8; save it as CSV UTF-8") from None
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from _read(reader, lambda: reader.line_num)
    except csv.Error:  # its words repeat nothing, and tell nothing that the line does not
        raise InvitationWrong(f"line {reader.line_num} cannot be read: look at its quotes") from None


def _read(reader: Iterator[list[str]], line: Callable[[], int]) -> Iterator[Row]:
    columns = [name.strip() for name in next(reader, [])]
    absent = [name for name in FIELDS if name not in columns]
    if absent:
        raise InvitationWrong(
            f"the first line must name the columns {', '.join(FIELDS)}; not there: {', '.join(absent)}"
        )
    rows = 0
    for values in reader:
        if not any(value.strip() for value in values):
            continue
        rows += 1
        if rows > MOST:
            raise InvitationWrong(f"the list has more than {MOST} rows; make two of it")
        yield Row(line(), dict(zip(columns, values, strict=False)))


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _drafts(folder: Path) -> list[Path]:
    """Where both files are until everything is kept."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    there = [name for name in (CARDS, LIST) if (folder / name).exists()]
    if there:
        raise InvitationWrong(f"{folder} holds {' and '.join(there)} already; name another folder")
    return [folder / f"{name}.draft" for name in (CARDS, LIST)]


def _list(made: Sequence[Made], words: Sequence[Texts]) -> bytes:
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";")  # as a Dutch spreadsheet reads it
    writer.writerow(COLUMNS)
    for one, said in zip(made, words, strict=True):
        writer.writerow((one.invitation_id, one.invited.reference, one.opening_code, said.card.url))
    return lines.getvalue().encode("utf-8-sig")


def _write(path: Path, content: bytes) -> None:
    # for nobody else to read: who holds a card begins its talk
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
