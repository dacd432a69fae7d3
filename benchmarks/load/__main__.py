"""One load run: `python -m benchmarks.load` reads a plan on stdin and writes figures on stdout, both JSON."""

import json
import sys
from time import perf_counter
from typing import Any

import gevent
from locust.env import Environment
from locust.log import setup_logging

from benchmarks.figures import late_over_early
from benchmarks.load.people import LEAD, Crowd, Person
from benchmarks.load.plan import Plan
from benchmarks.load.watching import Watch
from benchmarks.long_script import EARLY, LATE

STAGGER_SECONDS = 1.0  # in which the people arrive
GRACE_SECONDS = 10.0  # that an open load waits for replies to what was said in time


def run(plan: Plan) -> dict[str, Any]:
    """Make the load and tell what happened."""
    crowd, watch = Crowd(plan), Watch(plan.pids)
    Person.crowd = crowd
    runner = Environment(user_classes=[Person], host=plan.address).create_local_runner()
    runner.start(plan.people, spawn_rate=max(plan.people / STAGGER_SECONDS, 1))
    _wait_until(lambda: crowd.ready == plan.people, plan.patience)
    crowd.start()
    gevent.sleep(LEAD)
    before = watch.cpu_seconds()
    began = perf_counter()
    _wait_until(lambda: not runner.user_count, plan.seconds)
    if plan.rate:
        _wait_until(lambda: not any(person.waiting for person in crowd.people), GRACE_SECONDS)
        crowd.give_up()
    taken = [after - first for after, first in zip(watch.cpu_seconds(), before, strict=True)]
    seconds = round(perf_counter() - began, 2)
    runner.quit()
    return {"seconds": seconds, **crowd.collected.figures(), **_costs(taken, watch), **_flatness(crowd)}


def _costs(taken: list[float], watch: Watch) -> dict[str, float]:
    system, generator, everything = taken
    return {
        "cpuSeconds": round(system, 2),
        "generatorCpuSeconds": round(generator, 2),
        "othersCpuSeconds": round(max(everything - system - generator, 0), 2),
        "rssMb": watch.rss_mb(),
    }


def _flatness(crowd: Crowd) -> dict[str, float]:
    if crowd.plan.script != "long":
        return {}
    return {"lateOverEarly": round(late_over_early(crowd.collected.samples, EARLY, LATE), 3)}


def _wait_until(is_so: Any, seconds: float) -> None:
    end = perf_counter() + seconds
    while perf_counter() < end and not is_so():
        gevent.sleep(0.02)


if __name__ == "__main__":
    setup_logging("WARNING")
    print(json.dumps(run(Plan.from_json(sys.stdin.read()))))
