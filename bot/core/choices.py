"""What a tapped choice means: every value of the API, and the intent it enters the dialogue with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.questionnaire import Questionnaire
from bot.core.route import FIXED, Route, Step
from bot.core.talk import TOPICS, Talk

CHANGE = "change:"  # change:<questionId>

# Accepted at any time.
INTENTS = {
    "start": "greet",
    "skip": "skip",
    "back": "back",
    "repeat": "repeat",
    "explain": "dont_understand",
    "why": "explain_why",
    "example": "ask_example",
    "pause": "pause",
    "resume": "resume",
    "summary": "show_summary",
    "human": "ask_human",
    "erase": "delete_data",
}

# A yes or no that was given before and is given anew, which is as easy as the first time (AVG, article 7, paragraph 3).
AGAIN = ("health_yes", "health_no", "remember_yes", "remember_no")

# The gateway handles these itself while a help turn waits; at other times they only repeat the question.
SAFETY = ("safe_yes", "safe_no", "continue", "keep_yes", "keep_no", "concern_ok", "concern_help")

# The short form of a payload that says an intent and no value, as on a button of domain.yml: /share_summary
PAYLOADS = {intent: choice for choice, intent in INTENTS.items()} | {
    "share_summary": "share_summary",
    "stop_sharing": "stop_sharing",
    "goodbye": "goodbye",
}
OFFERED = {"share_summary": "share_summary", "stop_sharing": "stop_sharing", "goodbye": "goodbye"}

# Where the label of a choice is looked up when the waiting question does not offer it.
LABELLED = ("utter_navigation", "utter_ask_menu", "utter_ask_menu_more")


@dataclass(frozen=True)
class Understood:
    """How a choice enters the dialogue: as an intent, with the value that answers or changes a step."""

    intent: str
    value: str | None = None


def is_known(choice: str, questionnaire: Questionnaire) -> bool:
    """Whether the value belongs to the API at all, whatever waits now."""
    if choice.startswith(TOPICS):
        menu = {topic.id for topic in questionnaire.offered("menu")}
        return set(choice.removeprefix(TOPICS).split(",")) <= menu
    if choice.startswith(CHANGE):
        return choice.removeprefix(CHANGE) in questionnaire.questions or choice == "change:menu"
    return choice in _fixed_values() or any(choice in q.values for q in questionnaire.questions.values())


def understand(choice: str, waiting: Step, talk: Talk) -> Understood:
    """The meaning of a known choice while this step waits.

    A choice that makes no sense now repeats the question that waits.
    """
    if waiting.id == "doubt" and choice == "as_command":
        return _command(talk.slots["doubt"])
    if choice in waiting.values or (waiting.question_id == "menu" and choice.startswith(TOPICS)):
        return Understood("resume") if choice == "resume" else Understood("answer", choice)
    if choice == "share_yes" and waiting.id in ("summary", "end"):
        return Understood("share_summary")  # what the municipality may do with it is said first
    intent = INTENTS.get(choice) or OFFERED.get(choice)
    if intent:
        return Understood(intent)
    if choice.startswith((TOPICS, CHANGE)) or choice == "menu" or choice in AGAIN:
        return Understood("change_answer", choice)
    if choice == "consent_no" and talk.said("consent", "consent_yes"):
        return Understood("delete_data")  # nothing may be kept any more: that is erasing, and is asked once
    return Understood("repeat")


def value_of(payload: str) -> str:
    """The API's value for a button's payload.

    Args:
        payload: '/answer{{"value":"good"}}', with one pair of brackets once Rasa has filled it, gives good;
            '/show_summary' gives summary.
    """
    name, brace, entities = payload.removeprefix("/").partition("{")
    if brace:
        return entities.strip("{}").partition(":")[2].strip().strip('"')
    return PAYLOADS[name]


def label(choice: str, offered: Iterable[Mapping[str, str]], labels: Mapping[str, str]) -> str:
    """What a tapped choice says, as it shows among the person's own messages.

    Args:
        offered: the choices of the question that waits, as the API shows them.
        labels: further labels by value, see `LABELLED`.
    """
    known = {**labels, **{shown["value"]: shown["label"] for shown in offered}}
    if choice in known or not choice.startswith((TOPICS, CHANGE)):
        return known.get(choice, choice)
    if choice.startswith(CHANGE):
        return labels[CHANGE]
    return ", ".join(known.get(TOPICS + topic, topic) for topic in choice.removeprefix(TOPICS).split(","))


def written(text: str, offered: Iterable[Mapping[str, str]]) -> str | None:
    """The value of the offered choice whose label was typed instead of tapped, None when it was none of them.

    Args:
        offered: the choices of the question that waits, as the API shows them.
    """
    return next((shown["value"] for shown in offered if plain(shown["label"]) == plain(text)), None)


def plain(text: str) -> str:
    """The words without capitals and punctuation, by which a typed label is known."""
    return re.sub(r"[^\w ]", "", text.casefold()).strip()


def can_change(step_id: str, route: Route, talk: Talk) -> bool:
    """Whether there is an answer to change: the step belongs to this person's route, and consent was given."""
    return (
        talk.said("consent", "consent_yes") and step_id in set(route.steps(talk)) and step_id not in ("shared", "end")
    )


def changeable(route: Route, talk: Talk) -> list[str]:
    """The ids of the questions that were answered in words or by a tap, in the order of the talk."""
    answered = ((question.id, talk.answer(question.id)) for question in route.questions(talk))
    return [question for question, answer in answered if answer and not answer.skipped]


def _command(doubt: Mapping[str, Any]) -> Understood:
    return Understood(str(doubt["intent"]))


def _fixed_values() -> set[str]:
    answers = {value for step in FIXED.values() for value in step.values}
    return answers | set(INTENTS) | set(OFFERED) | set(SAFETY)
