"""What a turn costs the store beside 10 and beside 100,000 other conversations: `python -m benchmarks.rows`."""

import json
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import create_engine, insert, select

from benchmarks import results
from benchmarks.wide_machines import DURABLE
from bot.core.terms import Ends
from bot.store import masterkey
from bot.store.store import Store
from bot.store.tables import conversations, keys, messages, turns
from bot.store.values import Change, Created, Reply
from tests.postgres import cluster
from tests.store.builders import CHEAP, Places

FEW, MANY = 10, 100_000  # conversations that are there already
TURNS, WARM_UP = 400, 50
BATCH = 2_000  # rows at once
TOGETHER = 8  # messages of each conversation; a real one keeps up to 50, in the same index
ANSWER = {"text": "Ik slaap slecht en de brieven stapelen zich op, maar mijn zus helpt mij er nu mee.", "names": []}
RECORD = {"tracker": {"slots": {f"question_{number}": ANSWER for number in range(25)}, "loop": "talk_form"}}
SAID = {
    "id": "1",
    "at": "2026-11-28T12:00:00Z",
    "from": "bot",
    "text": ANSWER["text"],
    "kind": "question",
    "choices": [],
}


def main() -> None:
    """Measure on both databases and write what was found."""
    told = {}
    for name in ("sqlite", "postgresql"):
        with ExitStack() as stack:
            told[name] = _measured([stack.enter_context(_database(name)) for _ in (FEW, MANY)])
    results.keep("rows", told)
    print(json.dumps(told, indent=2))


@contextmanager
def _database(name: str) -> Iterator[Places]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        masterkey.create_for_first_try(folder / "master.key")
        if name == "sqlite":
            urls = [f"sqlite:///{folder}/{part}.db" for part in ("words", "keys")]
        else:
            postgres = stack.enter_context(cluster(f"-c listen_addresses='' {DURABLE}"))
            urls = [postgres.new_database() for _ in range(2)]
        yield Places(*urls, folder, folder / "master.key")


def _measured(both: list[Places]) -> Mapping[str, float]:
    """Take turns beside few and beside many, one after the other, so that the machine is the same for both."""
    talks = []
    for places, many in zip(both, (FEW, MANY), strict=True):
        store = Store.open(places, scrypt_cost=CHEAP)
        talk = store.create("web")
        _turn(store, talk, 0)
        _crowd(places, talk, many)
        talks.append((store, talk))
    spent = [[_timed(store, talk, number) for store, talk in talks] for number in range(1, TURNS)]
    few, many_ms = (median(times) for times in zip(*spent[WARM_UP:], strict=True))
    for store, _ in talks:
        store.close()
    return {"beside10Ms": round(few, 3), "beside100000Ms": round(many_ms, 3), "ratio": round(many_ms / few, 2)}


def _timed(store: Store, talk: Created, number: int) -> float:
    began = perf_counter()
    _turn(store, talk, number)
    return (perf_counter() - began) * 1000


def _turn(store: Store, talk: Created, number: int) -> None:
    key = store.unlock(talk.conversation_id, talk.token)
    stored = store.load(talk.conversation_id, key)
    store.reply(talk.conversation_id, key, str(number))
    ends = Ends(datetime.now(UTC) + timedelta(days=30))
    reply = Reply(str(number), "fingerprint", {"messages": [SAID]})
    record = {**stored.record, **RECORD}
    store.commit(Change(talk.conversation_id, key, stored.version, record, ends, messages=[SAID, SAID], reply=reply))


def _crowd(places: Places, like: Created, many: int) -> None:
    """Put so many conversations beside this one, with rows as long as its own."""
    words, locks = (create_engine(url, future=True) for url in (places.database_url, places.keyring_url))
    kinds = [(words, table) for table in (conversations, messages, turns)] + [(locks, keys)]
    rows = [(engine, table, _first_row(engine, table, like)) for engine, table in kinds]
    for start in range(0, many, BATCH):
        ids = [secrets.token_hex(16) for _ in range(min(BATCH, many - start))]
        for engine, table, row in rows:
            with engine.begin() as connection:
                connection.execute(insert(table), list(_copies(table.name, row, ids)))
    for engine in (words, locks):
        engine.dispose()


def _first_row(engine: Any, table: Any, like: Created) -> dict[str, Any]:
    name = "id" if table is conversations else "conversation_id"
    with engine.connect() as connection:
        found = connection.execute(select(table).where(table.c[name] == like.conversation_id)).first()
    return dict(found._mapping)


def _copies(table: str, row: Mapping[str, Any], ids: list[str]) -> Iterator[dict[str, Any]]:
    for one in ids:
        if table == "conversations":
            yield {**row, "id": one, "token_hash": secrets.token_bytes(32), "resume_index": secrets.token_bytes(32)}
        elif table == "messages":
            yield from ({**row, "conversation_id": one, "seq": seq} for seq in range(TOGETHER))
        else:
            yield {**row, "conversation_id": one}


if __name__ == "__main__":
    main()
