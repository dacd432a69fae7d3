"""What is asked: the topics and questions of `bot/content/questionnaire.yml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class When:
    """The earlier answer that a follow-up waits for; `before` counts it in while that question is still to come."""

    question: str
    values: tuple[str, ...] = ()
    own_words: bool = False
    before: bool = False


@dataclass(frozen=True)
class Question:
    """One question: its buttons, its texts and where its line belongs on the page.

    The fields are explained at the top of `questionnaire.yml`.
    """

    id: str
    topic: str
    awaiting: str
    part: str
    values: tuple[str, ...]
    explain: str
    why: str
    example: str
    when: When | None = None
    sensitive: bool = False
    marked: bool = False
    covered: bool = False
    held: tuple[str, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Topic:
    """A group of at most four questions about one side of life, and a fifth where an answer calls for it."""

    id: str
    title: str
    offered: str
    shared: bool
    questions: tuple[Question, ...]
    consent: str | None = None
    before_meeting: bool = False

    @property
    def is_sensitive(self) -> bool:
        """Whether all its questions are: nothing of it belongs in a channel of others."""
        return all(question.sensitive for question in self.questions)


@dataclass(frozen=True)
class Questionnaire:
    """All topics, in the order of the talk."""

    topics: tuple[Topic, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its id, in the order of the talk."""
        return {question.id: question for topic in self.topics for question in topic.questions}

    @cached_property
    def by_id(self) -> dict[str, Topic]:
        """Every topic by its id."""
        return {topic.id: topic for topic in self.topics}

    def offered(self, when: str) -> Iterator[Topic]:
        """Topics that are offered `first`, in the `menu`, or `last`."""
        return (topic for topic in self.topics if topic.offered == when)


def load(path: Path = CONTENT / "questionnaire.yml") -> Questionnaire:
    """Read the questionnaire.

    Args:
        path: a YAML file in the form that `bot/content/questionnaire.yml` explains.

    Raises:
        KeyError, TypeError: a topic or question misses a field or has an unknown one.
    """
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Questionnaire(tuple(_topic(topic) for topic in raw["topics"]))


def _topic(raw: dict[str, Any]) -> Topic:
    questions = tuple(_question(raw["id"], question) for question in raw["questions"])
    return Topic(**{**raw, "questions": questions})


def _question(topic: str, raw: dict[str, Any]) -> Question:
    when = When(**{**raw["when"], "values": tuple(raw["when"]["values"])}) if "when" in raw else None
    tuples = {"values": tuple(raw["values"]), "held": tuple(raw.get("held", ()))}
    return Question(**{**raw, **tuples, "topic": topic, "when": when})
