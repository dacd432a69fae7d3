"""Everything that a bot left behind, on SQLite and on PostgreSQL, after every secret was planted in it."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from tests.postgres import OPTIONS, Postgres, cluster
from tests.secrets.bot import Bot, a_bot
from tests.secrets.canaries import Canaries, written
from tests.secrets.planting import Planted, plant, plant_the_last, settings
from tests.secrets.searching import Search
from tests.served import ROOT

# The server writes down every statement with its values: nothing of ours may count on it that it does not.
TALKATIVE = OPTIONS + " -c log_statement=all -c log_min_error_statement=debug5 -c log_parameter_max_length=-1"


@dataclass(frozen=True)
class Haul:
    """What was planted, and the searches: one for the secrets, one for what was left in clear on purpose."""

    planted: Planted
    search: Search
    control: Search
    seconds: float


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def haul(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Haul]:
    """A bot that was served, hurt and ended; all of it is searched while it runs and again when nothing runs."""
    folder, began = tmp_path_factory.mktemp("secrets"), time.time()
    with ExitStack() as stack:
        postgres = stack.enter_context(cluster(TALKATIVE)) if request.param == "postgresql" else None
        clear = Canaries("control")
        clear.word("control")
        secrets = Canaries("planted")
        with a_bot(folder, **_databases(postgres, clear), **settings(secrets)) as bot:
            planted = plant(bot, secrets)
            searches = [Search(planted.secrets), Search(clear)]
            _leave_in_clear(folder / "data" / "control", clear)
            for search in searches:
                _look(search, bot)
            plant_the_last(bot, planted.secrets)
            for search in searches:
                _look(search, bot)
                search.tables("rows", bot.configured.database_url, bot.configured.keyring_url)
        if postgres:
            postgres.stop()
        for search in searches:
            _look(search, bot)
            _look_at_the_machine(search, postgres, began)
        yield Haul(planted, *searches, time.time() - began)
    shutil.rmtree(folder)


def _look(search: Search, bot: Bot) -> None:
    """Search what belongs to the bot itself."""
    for name in ("*.db", "*-wal", "*-shm", "log", "control", "*"):
        search.files(name, bot.folder / "data", name)
    search.files("temporary files", bot.folder / "tmp")
    search.files("backup", bot.folder / "backup")
    search.files("what commands complained", bot.folder, "*.err")
    search.answers("answers to others", bot.told)


def _look_at_the_machine(search: Search, postgres: Postgres | None, began: float) -> None:
    """Search what was written elsewhere meanwhile."""
    search.files("working directory", ROOT, since=began)
    search.files("shared memory", Path("/dev/shm"), since=began)
    if postgres:
        search.files("pg_wal", postgres.folder / "data" / "pg_wal")
        search.files("PostgreSQL's log", postgres.folder, "log")
        search.files("PostgreSQL's folder", postgres.folder)


def _databases(postgres: Postgres | None, clear: Canaries) -> dict[str, str]:
    if postgres is None:
        return {}
    beside = psycopg2.connect(postgres.new_database())
    with beside, beside.cursor() as cursor:
        cursor.execute("CREATE TABLE control (words text)")
        cursor.execute("INSERT INTO control VALUES (%s)", [clear.words["control"]])
    beside.close()
    return {"DATABASE_URL": postgres.new_database(), "KEYRING_URL": postgres.new_database()}


def _leave_in_clear(file: Path, clear: Canaries) -> None:
    file.write_bytes(b"\n".join(data for _, data in written(clear.words["control"])))
