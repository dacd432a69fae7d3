"""People whose every message goes to any machine that answers, and who keep a ledger of what was acknowledged."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.web.content import Content
from tests.chaos.visitors import CRY, THINGS, Ledger, Visitor

# As docs/operations.md asks of a balancer: a look a second, another machine where one does not connect, and what a
# dead machine has in hand is broken off at once.
LOOK_SECONDS = 1.0
CONNECT_SECONDS = 1.0
CHECK_SECONDS = 1.0
PATIENCE_SECONDS = 60
ILL = "Ik heb een depressie. Het liefst iets met {} en met {} en met {}."
State = dict[str, Any]


@dataclass
class Balancer:
    """Picks any machine, as a balancer without stickiness does; docs/operations.md says which ones.

    Args:
        able: machines that can talk.
        alive: machines that answer at all.
    """

    http: aiohttp.ClientSession
    addresses: list[str]
    dice: random.Random
    able: set[str] = field(default_factory=set)
    alive: set[str] = field(default_factory=set)
    under_way: dict[str, set["asyncio.Task[tuple[int, State]]"]] = field(default_factory=dict)

    def pick(self, but: str = "") -> str:
        """Any machine, rather one that can talk, and another one than failed just now."""
        for known in (self.able, self.alive, set(self.addresses)):
            if known - {but}:
                return self.dice.choice(sorted(known - {but}))
        return but

    async def watch(self) -> None:
        """Look at every machine, for ever."""
        await asyncio.gather(*(self._watch(address) for address in self.addresses))

    async def pass_on(self, address: str, method: str, path: str, **sent: Any) -> tuple[int, State]:
        """The answer of this machine, its status 0 where there is none."""
        task = asyncio.create_task(self._answer(address + path, method, sent))
        mine = self.under_way.setdefault(address, set())
        mine.add(task)
        task.add_done_callback(mine.discard)
        await asyncio.wait([task])
        return (0, {}) if task.cancelled() else task.result()

    async def _answer(self, url: str, method: str, sent: dict[str, Any]) -> tuple[int, State]:
        try:
            async with self.http.request(method, url, **sent) as answer:
                return answer.status, dict(await answer.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return 0, {}

    async def _watch(self, address: str) -> None:
        timeout = aiohttp.ClientTimeout(total=CHECK_SECONDS)
        while True:
            for path, known in (("/health", self.able), ("/health/live", self.alive)):
                status, _ = await self._answer(address + path, "GET", {"timeout": timeout})
                known.add(address) if status == 200 else known.discard(address)
            if not status:  # one that says that it stops still answers what it was asked
                for task in self.under_way.get(address, ()):
                    task.cancel()
            await asyncio.sleep(LOOK_SECONDS)


@dataclass(frozen=True)
class Taken:
    """One acknowledged message: when, after how many seconds and failed tries."""

    at: float
    seconds: float
    failed: int


class Wanderer(Visitor):
    """Somebody whose messages go anywhere: also what they say before the first yes, and about health before theirs."""

    def __init__(
        self, balancer: Balancer, content: Content, dice: random.Random, counts: Counter[str], taken: list[Taken]
    ) -> None:
        super().__init__(balancer.http, content, dice, counts)
        self._balancer, self._taken, self._told_ill = balancer, taken, ""

    async def talk(self) -> Ledger:
        """From the welcome to the end of the route; some cry for help before anything was allowed to be kept."""
        self.ledger, self._told_ill = Ledger(), ""
        state = await self.call("POST", "/v1/conversations", {"channel": "web"})
        self.ledger.path = f"/v1/conversations/{state['conversationId']}"
        self.ledger.token = state["token"]
        if self.dice.random() < 0.5:
            state = await self._cries_first()
        while state["question"]["id"] not in ("shared", "end"):
            state = await self.turn(state)
            await asyncio.sleep(self.dice.uniform(0, self.pause))
        return self.ledger

    pause = 0.5  # seconds at most between two messages

    async def _cries_first(self) -> State:
        state = await self.acknowledged({"text": CRY})
        self.counts["held before the first yes"] += 1
        for choice in ("safe_yes", "continue"):
            self.counts["began anew"] += state["question"]["id"] != "safety"
            await asyncio.sleep(self.dice.uniform(0, self.pause))
            state = await self.acknowledged({"choice": choice})
        return state

    def answer(self, question: str, offered: list[str]) -> dict[str, str]:
        if not self._told_ill and self.dice.random() < 0.3:
            self._told_ill = question
            return {"text": ILL.format(*self.dice.sample(THINGS, 3))}
        return super().answer(question, offered)

    def note(self, question: dict[str, Any], said: dict[str, str], offered: list[Any], after: State) -> None:
        super().note(question, said, offered, after)
        if said.get("choice") == "health_yes":
            self.counts["held before a yes to health"] += 1
            self.counts["asked again"] += after["question"]["id"] == self._told_ill

    async def call(self, method: str, path: str, body: dict[str, str] | None = None) -> State:
        """An answer of any machine; the same message goes to another one when one does not give it."""
        began, failed, address = time.monotonic(), 0, self._balancer.pick()
        while True:
            status, said = await self._balancer.pass_on(address, method, path, json=body, headers=self._headers)
            if status in (200, 201):
                if method == "POST":
                    self._taken.append(Taken(time.monotonic(), time.monotonic() - began, failed))
                return said
            self._note_failure(status, said, body)
            failed += 1
            assert time.monotonic() - began < PATIENCE_SECONDS, f"{method} {status}: no answer for a minute"
            assert status not in (400, 401, 403, 404, 409, 410), f"{method} {status} {said.get('title')}"
            await asyncio.sleep(self.dice.uniform(0.1, 0.4))
            address = self._balancer.pick(but=address)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.ledger.token}"}

    def _note_failure(self, status: int, said: State, body: dict[str, str] | None) -> None:
        self.counts[f"answered {status}" if status else "not answered"] += 1
        if status and body and body.get("text") == CRY:
            self.counts["cries without help"] += not said.get("help")


async def lives(wanderer: Wanderer, stop: asyncio.Event, ledgers: list[Ledger]) -> None:
    """One talk after another until told to stop; the last one is brought to its end."""
    while not stop.is_set():
        try:
            ledgers.append(await wanderer.talk())
        except (AssertionError, TimeoutError) as trouble:
            wanderer.counts["gave up"] += 1
            wanderer.counts[f"gave up: {trouble}"] += 1
