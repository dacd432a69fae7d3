"""People who talk to a bot that is being killed, try again as the page does, and keep a ledger of what was kept.

`python -m tests.chaos.visitors <address> <seed>` talks until a line comes on its stdin, ends its talks, and prints what
it found.
"""

import asyncio
import json
import random
import sys
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.core import choices, summary
from bot.core.talk import Answer
from bot.web.content import Content

VISITORS = 8
PAUSE = 0.3  # seconds at most between two messages
PATIENCE = 1800  # seconds; on a busy machine a gateway that was killed needs 15 to come back, and is killed again
FIXED = {
    "consent": "consent_yes",
    "remember": "remember_no",
    "menu": "topics:housing,people",
    "health_consent": "health_yes",
    "summary": "continue",
    "numbers": "numbers_yes",
}
THINGS = (
    "tuin",
    "soep",
    "boek",
    "koor",
    "vis",
    "trein",
    "park",
    "muziek",
    "film",
    "kaart",
    "bord",
    "hout",
    "verf",
    "zee",
)
CRY = "Ik wil dood."
Said = dict[str, str]
State = dict[str, Any]


@dataclass
class Ledger:
    """What the bot acknowledged in one conversation.

    Args:
        said: the person's messages in order, as the talk shows them.
        slots: what each step was answered with.
        shares: link and code of what was shared.
    """

    path: str = ""
    token: str = ""
    said: list[str] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    shares: list[dict[str, str]] = field(default_factory=list)


class Visitor:
    """Somebody who has one conversation after another."""

    def __init__(
        self, http: aiohttp.ClientSession, content: Content, dice: random.Random, counts: Counter[str]
    ) -> None:
        self.http, self.content, self.dice, self.counts = http, content, dice, counts
        self.ledger = Ledger()
        self.texts = content.at(datetime.now(UTC)).texts

    async def talk(self) -> Ledger:
        """From the welcome to the end of the route."""
        self.ledger = Ledger()
        state = await self.call("POST", "/v1/conversations", {"channel": "web"})
        self.ledger.path = f"/v1/conversations/{state['conversationId']}"
        self.ledger.token = state["token"]
        while True:
            state = await self.turn(state)
            if state["question"]["id"] in ("shared", "end"):
                return self.ledger
            await asyncio.sleep(self.dice.uniform(0, PAUSE))

    async def turn(self, state: State) -> State:
        """One message, again and again until it is acknowledged, and the reply that may come later."""
        asked = [message for message in state["messages"] if message["choices"]][-1:]
        offered = asked[0]["choices"] if asked else []
        said = self.says(state["question"], [choice["value"] for choice in offered])
        after = await self.acknowledged(said)
        self.note(state["question"], said, offered, after)
        return await self.settled(after)

    def says(self, question: dict[str, Any], offered: list[str]) -> Said:
        """What this person says now: a tap, own words, and seldom a cry."""
        for value in ("as_answer", "keep_no", "continue" if question["id"] == "safety" else ""):
            if value in offered:
                return {"choice": value}
        if question["id"] in self.content.questionnaire.questions:
            return self.answer(question["id"], offered)
        if question["id"] == "share":
            return {"choice": self.dice.choice(("share_yes", "share_yes", "share_no"))}
        return {"choice": FIXED[question["id"]]}

    def answer(self, question: str, offered: list[str]) -> Said:
        values = [v for v in self.content.questionnaire.questions[question].values if v in offered]
        if self.dice.random() < 0.02:
            return {"text": CRY}
        if values and self.dice.random() < 0.5:
            return {"choice": self.dice.choice(values)}
        return {"text": "Graag iets met {} en met {} en met {} en met {}.".format(*self.dice.sample(THINGS, 4))}

    def note(self, question: dict[str, Any], said: Said, offered: list[Any], after: State) -> None:
        """Write down what was acknowledged."""
        self.counts["acknowledged"] += 1
        if said.get("text") == CRY:
            self.counts["cries"] += 1
            return
        value = said.get("choice", "")
        self.ledger.said.append(said.get("text") or choices.label(value, offered, self.texts.labels()))
        if value in ("as_answer", "keep_no") or (value == "continue" and question["id"] == "safety"):
            return
        step = question["id"]
        self.ledger.slots[step] = Answer(value or None, said.get("text")).slot()
        if value == "share_yes":
            self.counts["shared"] += 1
            self.counts["codes lost"] += "share" not in after
            self.ledger.shares += [after["share"]] if "share" in after else []

    async def acknowledged(self, said: Said) -> State:
        """Send until it is kept; what the bot says it did not keep is sent again, as a person would."""
        unkept = self.texts.get("utter_engine_down_unkept").text
        message = {**said, "messageId": uuid.uuid4().hex}
        while True:
            state = await self.call("POST", self.ledger.path + "/messages", message)
            if unkept not in [shown["text"] for shown in state["messages"]]:
                return state
            message["messageId"] = uuid.uuid4().hex
            await asyncio.sleep(0.3)

    async def settled(self, state: State) -> State:
        """The state once nothing of it waits for an engine."""
        if not state.get("pending"):
            return state
        self.counts["kept for later"] += 1
        while state.get("pending"):
            await asyncio.sleep(0.3)
            state = await self.call("GET", self.ledger.path)
        return state

    async def call(self, method: str, path: str, body: dict[str, str] | None = None) -> State:
        """An answer, however long it takes; trouble that waiting cannot mend is an error."""
        headers = {"Authorization": f"Bearer {self.ledger.token}"}
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self.http.request(method, path, json=body, headers=headers) as answer:
                        said = await answer.json(content_type=None)
                except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
                    said, status = {}, 0
                else:
                    status = answer.status
                if status in (200, 201):
                    return dict(said)
                self.counts["tried again"] += 1
                if status and body and body.get("text") == CRY:
                    self.counts["cries without help"] += not said.get("help")
                if status in (400, 401, 403, 404, 409, 410):
                    raise AssertionError(f"{method} {status} {said.get('title')}")
                await asyncio.sleep(self.dice.uniform(0.1, 0.4))

    async def check(self, ledger: Ledger) -> None:
        """Compare what is there with what was acknowledged: the page, the person's messages, and what was shared."""
        self.ledger = ledger
        page = await self.call("GET", ledger.path + "/summary")
        found = {line["lineId"]: line["text"] for part in page["sections"] for line in part["lines"]}
        record = {"tracker": {"slots": ledger.slots}}
        built = summary.build(record, self.content.questionnaire, self.texts)
        meant = {line["lineId"]: line["text"] for part in built for line in part["lines"]}
        self.compare("page", Counter(meant.items()), Counter(found.items()))
        messages = (await self.call("GET", ledger.path))["messages"]
        there = [message["text"] for message in messages if message["from"] == "person"]
        last = ledger.said[-len(there) :]
        self.compare("talk", Counter(last), Counter(there))
        self.counts["out of order"] += Counter(last) == Counter(there) and last != there
        for share in ledger.shares:
            await self.call("POST", f"/v1/shares/{share['shareId']}/open", {"code": share["code"]})

    def compare(self, where: str, meant: "Counter[Any]", found: "Counter[Any]") -> None:
        lost, more = meant - found, found - meant
        self.counts["lost"] += lost.total()
        self.counts["doubled"] += more.total()
        if lost or more:
            print(f"{where} {self.ledger.path}: lost {lost}, too many {more}", file=sys.stderr)


async def main(address: str, seed: int) -> None:
    """Talk until told to stop, then look at every conversation once more."""
    counts: Counter[str] = Counter()
    stop = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    timeout = aiohttp.ClientTimeout(total=20)  # as the page's
    content = Content.load()
    async with aiohttp.ClientSession(address, timeout=timeout) as http:
        ledgers: list[Ledger] = []

        async def lives(number: int) -> None:
            visitor = Visitor(http, content, random.Random(seed * 1000 + number), counts)
            while not stop.done():
                try:
                    ledgers.append(await visitor.talk())
                    await visitor.check(ledgers[-1])
                except (AssertionError, TimeoutError) as trouble:
                    counts["stuck"] += 1
                    print(f"stuck {visitor.ledger.path}: {trouble!r}", file=sys.stderr)

        await asyncio.gather(*(lives(number) for number in range(VISITORS)))
        counts["talks"] = len(ledgers)
        last = Visitor(http, content, random.Random(seed), counts)
        for ledger in ledgers:
            await last.check(ledger)
    print(json.dumps(counts))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
