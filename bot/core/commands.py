"""What the commands do that can be given at any moment: skip, back, pause, and their like."""

from typing import Any

from bot.core.answering import PAGE_STEPS, leave_summary, skip_question
from bot.core.choices import AGAIN, CHANGE, can_change
from bot.core.route import Route
from bot.core.talk import EARLIER, TOPICS, Answer, Talk
from bot.core.turns import Outcome
from bot.core.waiting_words import answer_of_words, health_words


def skip(route: Route, talk: Talk) -> Outcome:
    """Leave a question unanswered; where only a choice can go on, take the choice that changes nothing."""
    step = route.waiting(talk)
    if step.topic is not None:
        return skip_question(step, talk)
    if step.id == "summary":
        return leave_summary("continue", talk, route)
    if step.id == "health_words":
        return health_words("health_no", talk)
    if step.id in _SKIPPED:
        return _SKIPPED[step.id]
    return Outcome({}, ("utter_skip_not_possible",))


# The saving choice of each fixed step: no phone memory, no health questions, no topics, nothing shared or counted.
_SKIPPED = {
    "remember": Outcome({"remember": Answer("remember_no").slot(), "cursor": None}, ("utter_not_remembered",)),
    "health_consent": Outcome(
        {"health_consent": Answer("health_no").slot(), "cursor": None}, ("utter_health_declined",)
    ),
    "menu": Outcome({"menu": Answer("continue").slot(), "cursor": None, "menu_screen": None}, ("utter_menu_none",)),
    "menu_more": Outcome(
        {"menu": Answer("continue").slot(), "cursor": None, "menu_screen": None}, ("utter_menu_none",)
    ),
    "share": Outcome({"share": Answer("share_no").slot(), "cursor": None}, ("utter_not_shared",)),
    "numbers": Outcome({"numbers": Answer("numbers_no").slot(), "cursor": None}, ("utter_not_counted",)),
    "erase": Outcome({"erasing": None}, ("utter_not_erased",)),
    "paused": Outcome({"paused": None}, ("utter_resumed",)),
}


def back(route: Route, talk: Talk) -> Outcome:
    """Ask the step before this one again; its answer stays until there is another."""
    step = route.waiting(talk)
    undone = {"erase": {"erasing": None}, "paused": {"paused": None}}.get(step.id)
    if undone is not None:
        return Outcome(undone)
    words = talk.kept_words()
    if words is not None:  # words that wait are the answer; going back asks their question again
        kept = answer_of_words(words).slot() if step.id == "doubt" else Answer(skipped=True).slot()
        return Outcome({words["question"]: kept, "cursor": words["question"], "doubt": None, "health_words": None})
    earlier = route.before(talk, step)
    return Outcome({"cursor": earlier.id}, ("utter_back",)) if earlier else Outcome({}, ("utter_back_start",))


def pause(route: Route, talk: Talk) -> Outcome:
    """Stop for now, with the code to go on later; before consent there is nothing to go on with."""
    if not talk.said("consent", "consent_yes"):
        return Outcome({}, ("utter_goodbye",))
    return Outcome({"paused": True}, ("utter_paused",))


def resume(route: Route, talk: Talk) -> Outcome:
    """Go on after a pause, or from the page; at other moments there is nothing to resume."""
    if talk.slots.get("paused"):
        return Outcome({"paused": None}, ("utter_resumed",))
    return leave_summary("continue", talk, route) if route.waiting(talk).id == "summary" else Outcome()


def change(route: Route, talk: Talk, value: str | None) -> Outcome:
    """Ask an earlier step again, or take another selection of topics.

    Args:
        value: `change:<questionId>`, `topics:<id>,…`, `menu`, or a yes or no given anew; None when only words said
            so, and the person is asked which answer.
    """
    if not talk.said("consent", "consent_yes"):
        return Outcome()
    if value is None:
        return Outcome({}, ("utter_change_which",))
    if value.startswith(TOPICS):
        return Outcome({"menu": Answer(value).slot(), "cursor": None, **PAGE_STEPS}, ("utter_menu_picked",))
    if value in AGAIN:
        return _reconsider(route, talk, value)
    step = value.removeprefix(CHANGE)
    return Outcome({"cursor": step, "menu_screen": None}) if can_change(step, route, talk) else Outcome()


def _reconsider(route: Route, talk: Talk, value: str) -> Outcome:
    """Give or take back the yes to health, or to remembering, at any moment."""
    step, says = _ANEW[value]
    if not talk.has_answer(step) or talk.said(step, value):
        return Outcome()  # it was never asked, or nothing changes
    if value == "health_no":
        return _without_health(route, talk)
    return Outcome({step: Answer(value).slot()}, (says,))


_ANEW = {
    "health_yes": ("health_consent", "utter_health_allowed"),
    "health_no": ("health_consent", "utter_health_withdrawn"),
    "remember_yes": ("remember", "utter_remembered"),
    "remember_no": ("remember", "utter_not_remembered"),
}


def _without_health(route: Route, talk: Talk) -> Outcome:
    """Drop every answer on health, and every answer whose words may tell about it; `forget` drops the messages too."""
    dropped: dict[str, Any] = {}
    for question in route.questionnaire.questions.values():
        answer = talk.answer(question.id)
        if route.questionnaire.by_id[question.topic].consent == "health_consent":
            dropped[question.id] = None
        elif answer and answer.health:
            dropped[question.id] = Answer(skipped=True).slot()
    kept = {line: slot for line, slot in talk.earlier.items() if not slot.get("health")}
    dropped |= {EARLIER: kept} if talk.earlier else {}
    doubt = talk.slots.get("doubt")
    waits = {"health_words": None, "cursor": None, "health_consent": Answer("health_no").slot()}
    waits |= {"doubt": None} if doubt and doubt.get("health") else {}
    return Outcome({**dropped, **waits}, ("utter_health_withdrawn",), ("forget",))


def show_summary(route: Route, talk: Talk) -> Outcome:
    """Show the page as it is now."""
    return (
        Outcome({"cursor": "summary", "paused": None})
        if talk.said("consent", "consent_yes")
        else Outcome({}, ("utter_not_now",))
    )


def share_summary(route: Route, talk: Talk) -> Outcome:
    """Ask whether the page may be shared: what the municipality may do with it is said first."""
    return (
        Outcome({"cursor": "share", "paused": None})
        if talk.said("consent", "consent_yes")
        else Outcome({}, ("utter_not_now",))
    )


def stop_sharing(route: Route, talk: Talk, shared: bool) -> Outcome:
    """Close every shared page.

    Args:
        shared: whether a page is open to somebody now.
    """
    if not shared:
        return Outcome({}, ("utter_nothing_shared",))
    return Outcome({"share": Answer("share_no").slot()}, ("utter_sharing_stopped",), ("withdraw",))


def erase(route: Route, talk: Talk) -> Outcome:
    """Ask whether everything may be erased."""
    return Outcome({"erasing": True})


def dont_know(route: Route, talk: Talk) -> Outcome:
    """Not knowing is an answer where the question offers it; elsewhere it is met with a hand."""
    step = route.waiting(talk)
    if step.topic is not None and "dont_know" in step.values:
        return Outcome({step.id: Answer("dont_know").slot(), "cursor": None, "missed": None})
    return Outcome({}, ("utter_dont_know",))
