"""What is counted of somebody who said yes to that: wishes and needs that were chosen, never words."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from bot.core.questionnaire import Question, Questionnaire
from bot.core.talk import Talk

EVERYONE = ""  # the item that stands for having said yes
TOPIC = "topic:"  # topic:<id>, a topic that was picked
PARTS = ("want", "need")
SAYS_NOTHING = ("nothing", "dont_know", "something_else")  # values that name no wish and no need

Pair = tuple[str, str]


def items(talk: Talk, sections: Iterable[Mapping[str, Any]], questionnaire: Questionnaire) -> tuple[str, ...]:
    """The wishes, needs and topics that this person chose, `<question>=<value>` and `topic:<id>`, sorted.

    Args:
        sections: the person's own page: what was taken off it, or put in other words, is not counted.
    """
    lines = [line["lineId"] for section in sections for line in section["lines"] if not line["ownWords"]]
    asked = (questionnaire.questions[line] for line in lines if line in questionnaire.questions)
    return tuple(sorted({*_chosen(asked, talk), *_picked(talk, questionnaire)}))


def has_items(talk: Talk, questionnaire: Questionnaire) -> bool:
    """Whether there is anything to count, so that nobody is asked for nothing."""
    return any(_chosen(questionnaire.questions.values(), talk)) or any(_picked(talk, questionnaire))


def pairs(chosen: Iterable[str]) -> list[Pair]:
    """What one person adds one to: everyone, each item, and each two items that come together."""
    singles = [(EVERYONE, item) for item in chosen]
    return [(EVERYONE, EVERYONE), *singles, *combinations(sorted(item for _, item in singles), 2)]


def question_of(item: str) -> str:
    """What the item answers: of the items with the same question one person has one at most."""
    return item.partition("=")[0]


def _chosen(asked: Iterable[Question], talk: Talk) -> Iterable[str]:
    for question in asked:
        answer = talk.answer(question.id) if question.part in PARTS else None
        if answer and answer.value and answer.value not in SAYS_NOTHING and talk.calls_for(question.when):
            yield f"{question.id}={answer.value}"


def _picked(talk: Talk, questionnaire: Questionnaire) -> Iterable[str]:
    for topic in filter(None, map(questionnaire.by_id.get, talk.picked)):
        if topic.consent is None or talk.said(topic.consent, "health_yes"):
            yield TOPIC + topic.id
