"""Numbers for policy: counted with the turn of the yes, fixed once their quarter is over, and then never again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select, text
from sqlalchemy.engine import Connection

from bot.core.insight import table
from bot.core.numbers import Pair, pairs
from bot.core.quarters import quarter_of
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.tables import counts, published

# Both kinds of database add under a lock of the row: nothing is lost when many say yes at once.
ADD = text(
    "INSERT INTO counts (quarter, municipality, item, beside, number) "
    "VALUES (:quarter, :municipality, :item, :beside, 1) "
    "ON CONFLICT (quarter, municipality, item, beside) DO UPDATE SET number = counts.number + 1"
)
FIX = text(
    "INSERT INTO published (quarter, municipality, numbers) VALUES (:quarter, :municipality, :numbers) "
    "ON CONFLICT (quarter, municipality) DO NOTHING"
)


@dataclass(frozen=True)
class Counted:
    """What one yes adds: its quarter and municipality, and the items chosen. No more of it goes to the database."""

    quarter: str
    municipality: str
    items: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Published:
    """The numbers of a quarter that is over, as they are for ever."""

    quarter: str
    municipality: str
    numbers: dict[Pair, int]


def add(connection: Connection, counted: Counted | None) -> None:
    """Add one person, inside the caller's transaction."""
    if counted is None:
        return
    place = {"quarter": counted.quarter, "municipality": counted.municipality}
    # In one order for all: two who add the same rows would else wait for each other.
    connection.execute(ADD, [{**place, "item": item, "beside": other} for item, other in sorted(pairs(counted.items))])


class Numbers:
    """The numbers of one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def close(self, now: datetime | None = None) -> None:
        """Fix what may be published of each quarter that is over, and destroy its exact counts; safe to run again.

        A yes that comes after its quarter was fixed is not counted: a second table would tell it from the first.

        Raises:
            DatabaseDown: nothing was changed.
        """
        running = quarter_of(now or self._clock())
        with self._database.writing() as connection:
            for quarter, municipality in list(_over(connection, running)):
                here = (counts.c.quarter == quarter) & (counts.c.municipality == municipality)
                rows = connection.execute(select(counts.c.item, counts.c.beside, counts.c.number).where(here))
                shown = table({(item, beside): number for item, beside, number in rows})
                numbers = json.dumps([[*pair, number] for pair, number in shown.items()])
                connection.execute(FIX, {"quarter": quarter, "municipality": municipality, "numbers": numbers})
                connection.execute(delete(counts).where(here))

    def published(self) -> list[Published]:
        """Every table that was fixed, in order of quarter and municipality.

        Raises:
            DatabaseDown: it cannot be reached.
        """
        with self._database.reading() as connection:
            rows = connection.execute(select(published).order_by(published.c.quarter, published.c.municipality)).all()
        return [Published(row.quarter, row.municipality, _numbers(row.numbers)) for row in rows]


def _over(connection: Connection, running: str) -> Iterator[tuple[str, str]]:
    places = select(counts.c.quarter, counts.c.municipality).where(counts.c.quarter < running).distinct()
    yield from ((row.quarter, row.municipality) for row in connection.execute(places).all())


def _numbers(sealed: str) -> dict[Pair, int]:
    return {(item, beside): number for item, beside, number in json.loads(sealed)}
