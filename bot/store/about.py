"""What the store knows of itself, by name."""

from sqlalchemy import select, text

from bot.store.database import Database
from bot.store.tables import about

# The names: the mark of its own keyring, when it was made, and when the job that erases ran last.
KEYRING, BORN, LAST_RUN = "keyring", "born", "expiry"
PUT = text(
    "INSERT INTO about (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
# Of two processes that start at once one inserts and both read that one back.
PUT_FIRST = text("INSERT INTO about (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")


class About:
    """A few values; none of them tells anything about a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> bytes | None:
        """The value, or None."""
        with self._database.reading() as connection:
            found: bytes | None = connection.execute(select(about.c.value).where(about.c.name == name)).scalar()
        return found

    def put(self, name: str, value: bytes) -> None:
        """Keeps a value in place of the one before."""
        with self._database.writing() as connection:
            connection.execute(PUT, {"name": name, "value": value})

    def first(self, name: str, value: bytes) -> bytes:
        """Keeps a value if there is none yet, and gives the one that is kept."""
        with self._database.writing() as connection:
            connection.execute(PUT_FIRST, {"name": name, "value": value})
            found: bytes = connection.execute(select(about.c.value).where(about.c.name == name)).scalar_one()
        return found
