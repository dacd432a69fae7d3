"""Builders for talks: what was answered, and what happens next."""

from typing import Any

from bot.core import questionnaire
from bot.core.answering import Answering
from bot.core.route import Route
from bot.core.talk import Answer, Talk
from bot.core.texts import Texts
from bot.core.turns import Outcome, Said


class Shown(dict[str, str]):
    """Facts that show their own name, for texts whose placeholders do not matter."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>"


ROUTE = Route(questionnaire.load())
TEXTS = Texts.load(Shown())
ANSWERING = Answering(ROUTE, TEXTS)


def a_talk(**answers: str | None) -> Talk:
    """A talk in which these steps were answered with these values."""
    return Talk({step: Answer(value).slot() for step, value in answers.items() if value is not None})


def begun(**answers: str | None) -> Talk:
    """A talk after both first consents."""
    return a_talk(**{"consent": "consent_yes", "remember": "remember_no", **answers})


def after(talk: Talk, outcome: Outcome) -> Talk:
    """The talk with the outcome's slots set."""
    return Talk({**talk.slots, **outcome.slots})


def says(talk: Talk, text: str, **said: Any) -> Outcome:
    """What happens when the person types this."""
    return ANSWERING.answer(Said(text, **said), ROUTE.waiting(talk), talk)


def taps(talk: Talk, value: str) -> Outcome:
    """What happens when the person taps this value."""
    return ANSWERING.answer(Said(value, value=value), ROUTE.waiting(talk), talk)


def walk(talk: Talk, *values: str) -> Talk:
    """The talk after these taps, one after another."""
    for value in values:
        talk = after(talk, taps(talk, value))
    return talk


def tapped_to(step: str, talk: Talk | None = None) -> Talk:
    """A talk in which the first button was tapped until this step waits."""
    talk = talk or Talk({})
    for _ in range(80):
        waiting = ROUTE.waiting(talk)
        if waiting.id == step:
            return talk
        talk = walk(talk, "continue" if waiting.id == "menu" else waiting.values[0])
    raise AssertionError(f"{step} is never asked")
