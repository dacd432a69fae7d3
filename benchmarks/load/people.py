"""People who talk at once: each waits for the reply (closed load), or speaks at times of their own (open load).

Each begins at another place of the script, so that all places are measured alike: the turns before it are taken before
the clock starts, as far as patience goes.
"""

from collections.abc import Iterator
from itertools import count
from time import perf_counter

import gevent
from gevent.event import Event
from locust import FastHttpUser, task
from locust.exception import StopUser

from benchmarks.load.collecting import Collected
from benchmarks.load.plan import LANE_RATE, Plan
from benchmarks.load.talks import ProductTalk, StockTalk, Talk, meanings
from benchmarks.long_script import LONG_SCRIPT
from benchmarks.schedule import poisson
from benchmarks.script import LINE, SCRIPT
from benchmarks.walk import Walk

SCRIPTS = {"usual": SCRIPT, "long": LONG_SCRIPT}
LEAD = 1.0  # seconds between the start of the clock and what is measured


class Crowd:
    """What the people of one run share: the plan, the start and what is collected."""

    def __init__(self, plan: Plan) -> None:
        """Wait for people."""
        self.plan, self.collected, self.started = plan, Collected(), Event()
        self.script, self.meanings = SCRIPTS[plan.script], meanings(plan.meanings)
        self.began_at, self.ready, self.people, self.numbers = 0.0, 0, list[Person](), count()

    def start(self) -> None:
        """Let everybody go, and measure from a moment later on."""
        self.began_at = perf_counter()
        begin = self.began_at + LEAD
        self.collected.measure(begin, begin + self.plan.seconds)
        self.started.set()

    def give_up(self) -> None:
        """Count what was planned and not answered."""
        for person in self.people:
            self.collected.give_up(person.waiting)


class Person(FastHttpUser):
    """Somebody who holds one conversation after another."""

    crowd: Crowd  # set before the run
    network_timeout = 60.0  # seconds after which nobody waits any longer

    def on_start(self) -> None:
        """Take a place among the others."""
        self.number, self.held, self.is_ready = next(self.crowd.numbers), 0, False
        self.waiting: list[float] = []
        self.crowd.people.append(self)

    @task
    def talk(self) -> None:
        """Hold one conversation."""
        plan, walk = self.crowd.plan, Walk(self.crowd.script, f"{self.crowd.plan.seed} {self.number} {self.held}")
        if plan.conversations and self.held >= plan.conversations:
            raise StopUser
        self.held += 1
        talk = StockTalk(self.client, self.crowd.meanings) if plan.system == "stock" else ProductTalk(self.client)
        if self._begin(talk):
            self._walk(talk, walk)

    def _begin(self, talk: Talk) -> bool:
        planned = perf_counter()
        is_begun = talk.begin()
        self.crowd.collected.add("other", 0, planned, talk.ended)
        if not is_begun:
            self.crowd.collected.fault(planned, "no conversation")
        return is_begun

    def _walk(self, talk: Talk, walk: Walk) -> None:
        while not walk.is_over:
            self._take(talk, walk, self._next_moment(walk))
        if LINE in walk.typed and self.crowd.plan.script == "usual":
            self._open(talk, walk.typed[LINE])

    def _take(self, talk: Talk, walk: Walk, planned: float) -> None:
        turn, place = walk.turn, walk.at + 1
        reply = talk.say(turn.kind, walk.says())
        self.crowd.collected.add(turn.kind, place, planned, talk.ended)
        if planned in self.waiting:
            self.waiting.remove(planned)
        if not walk.hears(reply):
            self.crowd.collected.fault(planned, f"turn {place}: {reply} is not {turn.asks} {turn.tells}")

    def _open(self, talk: Talk, line: str) -> None:
        planned = perf_counter()
        page = talk.page()
        if talk.ended > planned:  # a page that was in the reply is no call of its own
            self.crowd.collected.add("other", 0, planned, talk.ended)
        if line not in page:
            self.crowd.collected.fault(planned, "the opened page lacks a line")

    def _next_moment(self, walk: Walk) -> float:
        place = self.number * len(walk.script) // self.crowd.plan.people
        if not self.is_ready and (walk.at >= place or self.crowd.started.is_set()):
            self._get_ready()
        return next(self.moments) if self.is_ready else perf_counter()

    def _get_ready(self) -> None:
        self.is_ready = True
        self.crowd.ready += 1
        self.crowd.started.wait()
        self.moments = self._planned() if self.crowd.plan.rate else iter(perf_counter, None)

    def _planned(self) -> Iterator[float]:
        plan = self.crowd.plan
        times = poisson(LANE_RATE, LEAD + plan.seconds, f"{plan.seed} {self.number}")
        self.waiting = [self.crowd.began_at + time for time in times]
        for moment in tuple(self.waiting):
            gevent.sleep(max(moment - perf_counter(), 0))
            yield moment
        raise StopUser
