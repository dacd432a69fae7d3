"""`python -m benchmarks.wide`: two machines on one PostgreSQL, restarted in turn and killed, while people talk.

Nobody is sent to the same machine twice running but by chance. Writes var/bench/wide.json, and prints a table.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks import results
from benchmarks.wide_counts import Phase, counted, table
from benchmarks.wide_machines import Machine, closing_connection, database, machines
from benchmarks.wide_people import CONNECT_SECONDS, Balancer, Taken, Wanderer, lives
from benchmarks.wide_places import Street, street
from bot.web.content import Content
from tests.chaos.visitors import Ledger
from tests.postgres import Postgres

CALM_SECONDS = 8  # of each phase in which nothing happens
KILLED_SECONDS = 10  # in which all is to be as before
LOOK_SECONDS = 0.05  # between two looks at the database's connections
CONNECTIONS = """SELECT count(*), count(*) FILTER (WHERE state <> 'idle')
    FROM pg_stat_activity WHERE datname LIKE 'test_%' AND pid <> pg_backend_pid()"""
FAULTS = ("lost", "doubled", "out of order", "codes lost", "gave up", "began anew", "asked again", "cries without help")


@dataclass
class Run:
    """Everything that one run works with and writes down."""

    machines: list[Machine]
    server: Postgres
    counts: Counter[str] = field(default_factory=Counter)
    taken: list[Taken] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    most: dict[str, int] = field(default_factory=lambda: {"open": 0, "busy": 0})

    async def phase(self, name: str, work: Callable[[], Awaitable[Any]]) -> None:
        """Do something while people talk, and remember when."""
        began, failures = time.monotonic(), self._failures()
        await work()
        failed = self._failures() - failures
        self.phases.append(Phase(name, began, time.monotonic(), dict(failed)))
        print(f"{name}: {time.monotonic() - began:.0f} s, failed tries {dict(failed)}", file=sys.stderr)

    def _failures(self) -> Counter[str]:
        return Counter({name: count for name, count in self.counts.items() if "answered" in name})


async def story(run: Run) -> None:
    """What happens to the machines."""
    first, second = run.machines
    await run.phase("both", lambda: asyncio.sleep(CALM_SECONDS))
    await run.phase("first restarts", lambda: restarted(run, first))
    await run.phase("second restarts", lambda: restarted(run, second))
    await run.phase("both again", lambda: asyncio.sleep(CALM_SECONDS))
    await run.phase("first is killed", lambda: killed(first))
    await run.phase("second alone", lambda: asyncio.sleep(CALM_SECONDS))


async def restarted(run: Run, machine: Machine) -> None:
    """A planned stop and a new start."""
    run.stops.append(round(await asyncio.to_thread(machine.stop), 1))
    machine.start()
    run.starts.append(round(await asyncio.to_thread(machine.wait), 1))


async def killed(machine: Machine) -> None:
    """No time to say anything; the other one goes on alone."""
    await asyncio.to_thread(machine.kill)
    await asyncio.sleep(KILLED_SECONDS)


async def watched(run: Run) -> None:
    """Look at the database's connections, for ever."""
    with closing_connection(run.server.new_database()) as connection:
        while True:
            opened, busy = await asyncio.to_thread(_connections, connection)
            run.most = {"open": max(run.most["open"], opened), "busy": max(run.most["busy"], busy)}
            await asyncio.sleep(LOOK_SECONDS)


def _connections(connection: Any) -> tuple[int, int]:
    cursor = connection.cursor()
    cursor.execute(CONNECTIONS)
    found: tuple[int, int] = cursor.fetchone()
    return found


async def talked(run: Run, people: int, seed: int) -> list[Ledger]:
    """Let people talk while the story goes on; what they were told to be kept is looked up afterwards."""
    ledgers: list[Ledger] = []
    content, stop = Content.load(), asyncio.Event()
    timeout = aiohttp.ClientTimeout(total=20, sock_connect=CONNECT_SECONDS)  # 20: as the page's
    async with aiohttp.ClientSession(timeout=timeout) as http:
        balancer = Balancer(http, [machine.place.address for machine in run.machines], random.Random(seed))
        beside = [asyncio.create_task(balancer.watch()), asyncio.create_task(watched(run))]
        all_of_them = [
            Wanderer(balancer, content, random.Random(seed * 1000 + number), run.counts, run.taken)
            for number in range(people)
        ]
        talking = [asyncio.create_task(lives(one, stop, ledgers)) for one in all_of_them]
        await story(run)
        stop.set()
        await asyncio.gather(*talking)
        await checked(all_of_them, ledgers)
        for task in beside:
            task.cancel()
    return ledgers


async def checked(people: Sequence[Wanderer], ledgers: Sequence[Ledger]) -> None:
    """Compare every talk with its ledger; each of these people looks at a part."""

    async def look(number: int) -> None:
        for ledger in ledgers[number :: len(people)]:
            await people[number].check(ledger)

    await asyncio.gather(*(look(number) for number in range(len(people))))


def measured(place: Street, people: int, seed: int) -> dict[str, Any]:
    """One whole run."""
    with tempfile.TemporaryDirectory(prefix="vgw-", dir="/tmp") as folder, database(place) as server:
        run = Run(machines(place, server, Path(folder)), server)
        try:
            for machine in run.machines:
                machine.start()
            for machine in run.machines:
                machine.wait()
            ledgers = asyncio.run(talked(run, people, seed))
            return told(run, place, len(ledgers), people)
        finally:
            for machine in run.machines:
                machine.end()


def told(run: Run, place: Street, talks: int, people: int) -> dict[str, Any]:
    """What was found, for the file."""
    where = "network namespaces" if place.database else "ports of one machine"
    found = {"machines": where, "people": people, "talks": talks, "connections": run.most}
    found |= {"secondsToStop": run.stops, "secondsToStart": run.starts}
    log = b"".join(machine.log() for machine in run.machines)
    words_in_log = sum(word in log.lower() for word in (b"depressie", b"ik wil dood"))
    faults = {fault: run.counts[fault] for fault in FAULTS} | {"words in a log": words_in_log}
    rest = {name: count for name, count in run.counts.items() if name not in FAULTS}
    return {**found, "phases": counted(run.phases, run.taken), "faults": faults, "counts": rest}


def main() -> None:
    """Measure, write and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=8, help="how many talk at the same time")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with street(2) as place:
        found = measured(place, given.people, given.seed)
    results.keep("wide", found)
    print(table(found))
    sys.exit(any(found["faults"].values()))


if __name__ == "__main__":
    main()
