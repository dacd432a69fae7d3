"""The trained agent in process, with a real store: people talk to it as they would.

A conftest.py that needs them imports the fixtures; the agent is loaded once, whoever asks for it.
"""

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from bot.core import help as helplines
from bot.core import looking_back, questionnaire, summary
from bot.core.route import Route
from bot.core.state import opening
from bot.core.texts import Texts
from bot.sense.sensing import Sense
from bot.store import keeping, masterkey
from bot.store.store import Store
from bot.store.unit_of_work import Content, UnitOfWork
from bot.store.values import Stored
from tests.store.builders import CHEAP, Places

# What somebody on a random walk types at an open question.
WORDS = [
    "druk met de kinderen maar wel gezellig",
    "liefst iets met me handen",
    "weer eens met me zus naar zee",
    "mijn buurvrouw helpt wel es",
]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A real store in files of its own."""
    folder = tmp_path_factory.mktemp("store")
    masterkey.create_for_first_try(folder / "master.key")
    urls = {"database_url": f"sqlite:///{folder}/words.db", "keyring_url": f"sqlite:///{folder}/keys.db"}
    places = Places(**urls, data_dir=folder, master_key_file=folder / "master.key")
    opened = Store.open(places, scrypt_cost=CHEAP)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def content() -> Content:
    """The real questionnaire and the real texts."""
    return Content(questionnaire.load(), Texts.load(helplines.load().placeholders()))


@cache
def trained_agent() -> Any:
    """The real agent with the trained model."""
    from bot.engine.agent import MODEL, TalkAgent

    return TalkAgent.load(MODEL, Route(questionnaire.load()), helplines.load().placeholders)


@pytest.fixture(scope="session")
def engine(store: Store, content: Content) -> Any:
    """The real engine with the trained model."""
    from bot.engine.server import Engine  # here: importing Rasa takes ten seconds

    return Engine(trained_agent(), store, content, "blank")


@pytest.fixture(scope="session")
def sense() -> Sense:
    """What the gateway does with words before the engine gets them."""
    return Sense()


class Person:
    """Somebody in a conversation: types, taps, and sees what the bot says."""

    def __init__(self, engine: Any, store: Store, content: Content, sense: Sense) -> None:
        """Open a new conversation and see the welcome."""
        self._engine, self._store, self._content, self._sense = engine, store, content, sense
        self._made = store.create("web")
        self._held: dict[str, Any] = {"record": {**self._on_disk.record, **opening(Route(content.questionnaire))}}
        self.state: dict[str, Any] = {}
        self.taps("start")

    def types(self, text: str, concern: bool = False) -> "Person":
        """Send words, read by the gateway's senses first; with `concern` as words that worry the gateway."""
        seen = self._sense.sense(text)
        words = {"text": seen.masked, "names": seen.names, "health": seen.health, "vector": seen.vector.tolist()}
        words |= {"concern": concern, "parts": seen.parts}
        return self._turn(**words)

    def answers(self, text: str) -> "Person":
        """Send words, and say that they are an answer if the bot is not sure."""
        self.types(text)
        offered = [choice["value"] for choice in self.state["messages"][-1]["choices"]]
        return self.taps("as_answer") if "as_answer" in offered else self

    def taps(self, *choices: str) -> "Person":
        """Tap buttons, one after another."""
        for choice in choices:
            self._turn(choice=choice)
        return self

    @property
    def asked(self) -> str:
        """The id of the question that waits."""
        return str(self.state["question"]["id"])

    @property
    def heard(self) -> str:
        """All that the bot said in its last reply."""
        return "\n".join(message["text"] for message in self.state["messages"])

    @property
    def page(self) -> dict[str, str]:
        """The lines of the person's own page, text by line id."""
        return {line["lineId"]: line["text"] for section in self.sections for line in section["lines"]}

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The person's own page as the API gives it."""
        return summary.build(self._load().record, self._content.questionnaire, self._content.texts)

    @property
    def everything_kept(self) -> str:
        """All that is kept of this conversation, as one text: its record and the messages of both sides."""
        messages = self._store.messages(self._made.conversation_id, self._made.data_key)
        return str(self._on_disk.record) + str(messages)

    @property
    def record(self) -> dict[str, Any]:
        """What is kept of this conversation."""
        return self._on_disk.record

    def shares_topic(self, *topics: str, shared: bool = True) -> "Person":
        """Tap "Mag dit mee?" of topics on the page, on or off."""
        unit = UnitOfWork(self._store, self._load(), self._made.data_key, self._content, datetime.now(UTC))
        for topic in topics:
            unit.share_topic(topic, shared)
        unit.commit()
        return self

    def opens(self, share: dict[str, Any]) -> list[dict[str, Any]]:
        """What a contact person sees with link and code."""
        return list(self.opens_page(share)["sections"])

    def opens_page(self, share: dict[str, Any]) -> dict[str, Any]:
        """The same with its briefing and its dates."""
        return dict(self._store.open_share(share["shareId"], share["code"]))

    def rewrites(self, line_id: str, text: str) -> "Person":
        """Change a line on the page to words about health."""
        unit = UnitOfWork(self._store, self._load(), self._made.data_key, self._content, datetime.now(UTC))
        unit.edit_line(line_id, {"text": text})
        unit.allow_health(line_id)
        unit.commit()
        return self

    def comes_back_after_the_meeting(self) -> "Person":
        """Come back the day after the meeting, as the gateway sees it; what waits then is asked with the next turn."""
        unit = UnitOfWork(self._store, self._load(), self._made.data_key, self._content, datetime.now(UTC))
        unit.record["meeting"] = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
        unit.record.update(looking_back.turned(unit.record, Route(self._content.questionnaire), datetime.now(UTC)))
        unit.commit()
        return self

    def goes_on(self) -> "Person":
        """Say that all is well after a warm question, which the gateway handles."""
        unit = UnitOfWork(self._store, self._load(), self._made.data_key, self._content, datetime.now(UTC))
        unit.record["help"] = None
        unit.commit()
        self._held = unit.held or {}
        return self

    def forgets(self) -> "Person":
        """The gateway's memory is lost, as after a restart."""
        self._held = {}
        return self

    @property
    def _on_disk(self) -> Stored:
        return self._store.load(self._made.conversation_id, self._made.data_key)

    def _load(self) -> Stored:
        """The conversation with what the gateway holds in memory."""
        stored = self._on_disk
        if "record" in self._held:
            return replace(stored, record=self._held["record"])
        words, cry = self._held.get("words"), self._held.get("help")
        return replace(stored, record=keeping.with_held(stored.record, words, cry))

    def body(self, **said: Any) -> dict[str, Any]:
        """What the gateway would send to the engine for the next turn."""
        stored = self._load()
        return {
            "conversationId": stored.conversation_id,
            "dataKey": b64encode(self._made.data_key).decode(),
            "version": stored.version,
            "record": stored.record,
            **said,
        }

    def _turn(self, **said: Any) -> "Person":
        self.state = asyncio.run(self._engine.take(self.body(**said)))
        self._held = self.state.pop("held", {})
        return self


@pytest.fixture
def person(engine: Any, store: Store, content: Content, sense: Sense) -> Person:
    """Somebody who has just read the welcome."""
    return Person(engine, store, content, sense)


@pytest.fixture
def begun(person: Person) -> Person:
    """Somebody who said yes to keeping and no to remembering."""
    return person.taps("consent_yes", "remember_no")
