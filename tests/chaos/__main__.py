"""`python -m tests.chaos --kills 300`: kills while people talk, on SQLite and on PostgreSQL, and says what was lost."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.chaos.house import House, load_agent
from tests.postgres import OPTIONS, cluster

WHAT = {  # what is killed how often on each database
    "sqlite": {"gateway": 40, "engine": 60},
    "postgresql": {"gateway": 15, "engine": 27, "backend": 55, "postmaster": 3},
}
END_SECONDS = 300
FAULTS = ("lost", "doubled", "out of order", "codes lost", "stuck", "cries without help")


def run(agent: Any, database: str, kills: int, seed: int) -> dict[str, Any]:
    """Kill so many times while people talk, let them end their talks, and give what was counted."""
    dice = random.Random(seed)
    names = list(WHAT[database])
    targets = [*names, *dice.choices(names, list(WHAT[database].values()), k=kills)][:kills]  # each at least once
    dice.shuffle(targets)
    with tempfile.TemporaryDirectory(prefix="vg-", dir="/tmp") as folder, _server(database) as server:
        house = House(agent, Path(folder), server)
        try:
            return {"database": database, **_watched(house, targets, dice, seed)}
        finally:
            house.end()


def _watched(house: House, targets: list[str], dice: random.Random, seed: int) -> dict[str, Any]:
    house.mend()
    house.gateway.wait_until_ready()
    command = [sys.executable, "-m", "tests.chaos.visitors", house.address, str(seed)]
    began, killed = time.monotonic(), Counter[str]()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as visitors:
        for what in targets:
            time.sleep(dice.uniform(0.05, 0.8))
            house.mend()
            while not house.kill(what, dice):  # no connection to kill, because who would connect is not there yet
                time.sleep(0.05)
                house.mend()
            killed[what] += 1
            print(f"{time.monotonic() - began:6.1f} s: killed {what}", file=sys.stderr)
        seconds = time.monotonic() - began
        counts = _ended(visitors, house)
    return {"kills": killed.total(), "killed": dict(killed), "seconds": round(seconds), **counts}


def _ended(visitors: "subprocess.Popen[str]", house: House) -> dict[str, int]:
    assert visitors.stdin
    assert visitors.stdout
    visitors.stdin.write("end\n")  # a line, because every fork holds this pipe open
    visitors.stdin.flush()
    end = time.monotonic() + END_SECONDS
    while visitors.poll() is None:
        assert time.monotonic() < end, "the talks do not end"
        house.mend()
        time.sleep(0.5)
    found: dict[str, int] = json.loads(visitors.stdout.read())
    return {name: found.get(name, 0) for name in ("talks", "acknowledged", "shared", "cries", *found, *FAULTS)}


def _server(database: str) -> Any:
    if database == "sqlite":
        return nullcontext()
    return cluster(OPTIONS.replace("synchronous_commit=off", "synchronous_commit=on"))


def figures(found: list[dict[str, Any]], seed: int) -> str:
    """The table for docs/security.md."""
    rows = [
        ("kill -9", lambda one: f"{one['kills']} (" + ", ".join(f"{n} {w}" for w, n in one["killed"].items()) + ")"),
        ("seconds of killing", lambda one: one["seconds"]),
        ("talks, from welcome to end", lambda one: one["talks"]),
        ("messages acknowledged", lambda one: one["acknowledged"]),
        ("of these kept while no engine was there", lambda one: one.get("kept for later", 0)),
        ("calls that failed and were sent again", lambda one: one.get("tried again", 0)),
        ("answers lost", lambda one: one["lost"]),
        ("answers doubled", lambda one: one["doubled"]),
        ("answers out of order", lambda one: one["out of order"]),
        ("talks that did not go on", lambda one: one["stuck"]),
        ("pages shared / six digits lost", lambda one: f"{one['shared']} / {one['codes lost']}"),
        ("cries for help / refused without the numbers", lambda one: f"{one['cries']} / {one['cries without help']}"),
    ]
    head = ["| | " + " | ".join(one["database"] for one in found) + " |", "|---|" + "---|" * len(found)]
    body = [f"| {name} | " + " | ".join(str(show(one)) for one in found) + " |" for name, show in rows]
    note = (
        f"Seed {seed}, {datetime.now(UTC):%Y-%m-%d}, `make chaos`: 8 people talk all the while, 2 engines, 1 gateway."
    )
    return "\n".join([*head, *body, "", note, ""])


def main() -> None:
    """Run it all and write the figures."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=300, help="on each database")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--databases", nargs="+", default=list(WHAT))
    asked.add_argument("--figures", type=Path, help="a Markdown file for the table")
    given = asked.parse_args()
    agent = load_agent()
    found = [run(agent, database, given.kills, given.seed) for database in given.databases]
    if given.figures:
        given.figures.write_text(figures(found, given.seed), "utf-8")
    print(json.dumps(found))
    sys.exit(any(one[fault] for one in found for fault in FAULTS))


if __name__ == "__main__":
    main()
