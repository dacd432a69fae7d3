"""Records of people who answered anything, for tests of what must hold whatever was said."""

from typing import Any

from hypothesis import strategies as st

from bot.core import briefing, summary
from bot.core.talk import Answer
from tests.talking import ROUTE, TEXTS, begun

QUESTIONNAIRE = ROUTE.questionnaire
QUESTIONS = QUESTIONNAIRE.questions
CONSENTS = {"health_consent": {"value": "health_yes"}}
Record = dict[str, Any]


def mark(question: str) -> str:
    """A word that only the answer to this question can bring on a page."""
    return "zz" + question.replace("_", "") + "zz"


def own_words(question: str) -> st.SearchStrategy[dict[str, Any]]:
    frames = st.sampled_from(
        ["ik wil {}", "{} graag", "geen werk maar {}", "{} 500 euro", "mijn zus {}\nen rust " + "x" * 100]
    )
    return frames.map(lambda frame: Answer(text=frame.format(mark(question))).slot())


def an_answer(question: str) -> st.SearchStrategy[dict[str, Any] | None]:
    tapped = st.sampled_from(QUESTIONS[question].values).map(lambda value: Answer(value).slot())
    return st.one_of(st.none(), st.just(Answer(skipped=True).slot()), tapped, own_words(question))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record with any answers, and each topic shared or not."""
    answers = {question: draw(an_answer(question)) for question in QUESTIONS}
    slots = {**begun().slots, **CONSENTS, **{name: slot for name, slot in answers.items() if slot}}
    shared = draw(st.fixed_dictionaries({topic.id: st.booleans() for topic in QUESTIONNAIRE.topics}))
    return {"tracker": {"slots": slots}, "edits": {}, "topicsShared": shared}


def with_follow_ups(questions: set[str]) -> set[str]:
    """These questions, and those that are asked only because of them."""
    more = {one.id for one in QUESTIONS.values() if one.when and one.when.question in questions}
    return questions if more <= questions else with_follow_ups(questions | more)


def hiding(record: Record, questions: set[str]) -> Record:
    """The record after the person switched these lines off."""
    edits = {question: {"shared": False, "of": "whatever"} for question in questions}
    return {**record, "edits": {**record["edits"], **edits}}


def never_answering(record: Record, questions: set[str]) -> Record:
    """The record of the same person, had these questions never been answered."""
    slots = {name: slot for name, slot in record["tracker"]["slots"].items() if name not in questions}
    return {**record, "tracker": {"slots": slots}}


def seen(record: Record) -> list[dict[str, Any]]:
    """The sections that are shared."""
    return summary.visible(summary.build(record, QUESTIONNAIRE, TEXTS))


def page_of(record: Record) -> dict[str, Any]:
    """The page of the contact person."""
    return briefing.build(record, seen(record), QUESTIONNAIRE, TEXTS)


def lines_on(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Every line that stands on a page."""
    groups = [group for block in page["blocks"] for group in block["groups"]]
    return [*page["meeting"]["lines"], *(line for group in groups for line in group["lines"])]


def made_on(page: dict[str, Any]) -> list[dict[str, str]]:
    """Every question and every opener on a page."""
    return [*page["questions"]["items"], *page["openers"]["items"]]
