"""What the API shows of a conversation."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.route import Route, Step
from bot.core.talk import Talk

Message = dict[str, Any]

FORM = "talk_form"  # the one form of `domain.yml`
SAFETY = {"id": "safety", "topic": None, "awaiting": "choice"}  # while a help turn waits, no question does


def state(record: Mapping[str, Any], messages: Sequence[Message]) -> dict[str, Any]:
    """The state of a conversation as the API gives it.

    Args:
        record: the conversation's record.
        messages: the messages to show with it.
    """
    asked = SAFETY if record.get("help") else record["question"]
    shown = {"messages": list(messages), "question": asked, "progress": record["progress"]}
    shown |= {name: record.get(name) for name in ("endsAt", "meeting")}
    if record.get("invitation"):
        shown["invitation"] = {name: record["invitation"][name] for name in ("contactName", "meetingAt")}
    if asked and asked["id"] == "menu":  # a new selection replaces the old one, so a page must know it
        shown["picked"] = list(Talk(record["tracker"]["slots"]).picked)
    if given(record, "remember"):  # the page asks this, because the yes may have been typed
        shown["remember"] = True
    if given(record, "health_consent"):
        shown["health"] = True
    if record.get("channel") == "whatsapp":  # so that a page can offer to go on there
        shown["whatsapp"] = True
    return shown


def erased(messages: Sequence[Message]) -> dict[str, Any]:
    """The last state of a conversation that is gone: nothing waits any more."""
    return {"messages": list(messages), "question": None, "progress": {"answered": 0, "of": 0}, "erased": True}


def given(record: Mapping[str, Any], consent: str) -> bool:
    """Whether the person said yes to this; the last word counts.

    Args:
        consent: `consent`, `remember`, `health_consent` or `share`.
    """
    last = [entry["given"] for entry in record.get("consents", ()) if entry["name"] == consent]
    return bool(last and last[-1])


def question(step: Step, talk: Talk) -> dict[str, Any]:
    """The waiting step as the API's `question`."""
    words = talk.kept_words() if step.id == "doubt" else None
    if words:  # the question that the words may answer
        return {"id": words["question"], "topic": words.get("topic"), "awaiting": step.awaiting}
    return {"id": step.question_id, "topic": step.topic, "awaiting": step.awaiting}


def opening(route: Route) -> dict[str, Any]:
    """What a new conversation's record holds of its dialogue before anything was said."""
    talk = Talk({})
    return {
        "tracker": {"slots": {}, "loop": None},
        "question": question(route.waiting(talk), talk),
        "progress": route.progress(talk),
    }
