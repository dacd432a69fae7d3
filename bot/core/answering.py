"""What happens when somebody answers the step that waits."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.choices import plain, written
from bot.core.route import Route, Step
from bot.core.talk import TOPICS, Answer, Talk, topics_value
from bot.core.texts import Texts
from bot.core.turns import Outcome, Said
from bot.core.waiting_words import answer_of_words, doubt, grown, health_words

YES = (
    "consent_yes",
    "remember_yes",
    "health_yes",
    "share_yes",
    "numbers_yes",
    "erase_yes",
    "as_answer",
    "continue",
    "resume",
    "yes",
)
NO = ("consent_no", "remember_no", "health_no", "share_no", "numbers_no", "erase_no", "as_command", "no")
SHORT = 3  # words: a short yes or no; a longer one may say something else
# How many words a yes may have at a step where a sentence misread as yes does harm: what cannot be taken back, and what
# only the person may allow (AVG, article 4, paragraph 11: unambiguous). A longer yes is asked for a button.
MOST_WORDS_OF_YES = {"erase": SHORT, "share": SHORT}
MOST_WORDS_OF_YES |= dict.fromkeys(
    ("consent", "consent_again", "remember", "health_consent", "health_words", "numbers"), 5
)
BARE_YES = 1  # word: "ja" alone; more words say something
REFUSAL = 4  # words: "nee liever niet" refuses the question, a longer no may tell something
# After words that are no answer come other words; the slot `missed` holds what was said last.
AGAIN: Mapping[str, str] = {
    "utter_affirm_open": "utter_choose_other",
    "utter_choose": "utter_choose_again",
    "utter_choose_again": "utter_choose_other",
    "utter_choose_other": "utter_choose_again",
}
PAGE_STEPS: Mapping[str, None] = {"summary": None, "share": None}  # asked again when there is something new to see


class Answering:
    """Turns what was said into an outcome, for one questionnaire and its texts."""

    def __init__(self, route: Route, texts: Texts) -> None:
        """Prepare for this questionnaire."""
        self.route = route
        self.texts = texts

    def answer(self, said: Said, step: Step, talk: Talk, shareable: bool = True) -> Outcome:
        """The outcome of an answer to the waiting step.

        Args:
            shareable: whether there is a line that would be shared.
        """
        value = self._value(said, step)
        if step.id in self.route.questionnaire.questions:
            return self._question(said, value, step, talk)
        if value is None:
            return self._missed(said, step, talk)
        if value == "share_yes" and not shareable:
            return Outcome({"missed": None}, ("utter_nothing_to_share",))
        outcome = leave_summary(value, talk, self.route) if step.id == "summary" else _FIXED[step.id](value, talk)
        return Outcome({"missed": None, **outcome.slots}, outcome.says, outcome.effects)

    def _value(self, said: Said, step: Step) -> str | None:
        if said.value is not None:
            return said.value if said.value in step.values or said.value.startswith(TOPICS) else None
        if said.unseen and step.topic is not None:  # a word that happens to be on a button that nobody saw
            return None
        offered = [choice.json() for choice in self.texts.raw("utter_ask_" + step.id).choices]
        typed = plain(said.text)
        labelled = written(typed, offered) or written(typed.removeprefix("ja "), offered)  # "ja, soms" is "Soms"
        if labelled in step.values:  # a label may also name a command, as "Ik wil een mens"
            return labelled
        if step.question_id == "menu":
            return self._topics_in(said)
        wanted = {"affirm": YES, "deny": NO}.get(said.intent, ()) if _is_plain(said, step) else ()
        return next((value for value in wanted if value in step.values), None)

    def _topics_in(self, said: Said) -> str | None:
        words = plain(said.text)
        menu = [*self.texts.raw("utter_ask_menu").choices, *self.texts.raw("utter_ask_menu_more").choices]
        topics = [c.value.removeprefix(TOPICS) for c in menu if c.value.startswith(TOPICS) and plain(c.label) in words]
        if topics:
            return topics_value(topics)
        return "continue" if said.intent == "deny" else None

    def _question(self, said: Said, value: str | None, step: Step, talk: Talk) -> Outcome:
        if value is not None:
            return self._keep(Answer(value), step, talk)
        if said.intent == "affirm" and len(said.text.split()) <= BARE_YES:
            return Outcome() if said.unseen else _missed("utter_affirm_open", talk)
        if said.intent == "deny" and len(said.text.split()) <= REFUSAL:  # no claim is made of a refusal
            return skip_question(step, talk)
        names = [list(span) for span in said.names]
        words = {"text": said.text, "names": names, "question": step.id, "topic": step.topic, "health": said.health}
        if self._needs_health_consent(said, step, talk):  # first: words about health are hardly a command
            return Outcome({"health_words": words})
        if said.doubt or said.unseen:  # to a question that nobody saw, words need not be the answer
            return Outcome({"doubt": {**words, "intent": said.doubt or "repeat"}})
        return self._keep(Answer(text=said.text, names=said.names, health=said.health), step, talk)

    def _needs_health_consent(self, said: Said, step: Step, talk: Talk) -> bool:
        return step.topic != "health" and not talk.said("health_consent", "health_yes") and said.health

    def _keep(self, answer: Answer, step: Step, talk: Talk) -> Outcome:
        question = self.route.questionnaire.questions[step.id]
        is_change = talk.slots.get("cursor") == step.id and talk.has_answer(step.id)
        changed = ("utter_changed",) if is_change else ()
        told = question.after.get(answer.value or "")
        return Outcome({step.id: answer.slot(), "cursor": None, "missed": None}, changed + ((told,) if told else ()))

    def _missed(self, said: Said, step: Step, talk: Talk) -> Outcome:
        if step.id in ("doubt", "health_words"):
            return self._grown(grown(said, talk.slots[step.id]), said, step, talk)
        return _missed("utter_choose", talk)

    def _grown(self, words: Mapping[str, Any], said: Said, step: Step, talk: Talk) -> Outcome:
        if step.id == "health_words":
            missed = _missed("utter_choose", talk)
            return Outcome({**missed.slots, "health_words": words}, missed.says)
        if self._needs_health_consent(said, self.route.step(words["question"]), talk):
            return Outcome({"health_words": words, "doubt": None})
        kept = {words["question"]: answer_of_words(words).slot(), "doubt": None, "cursor": None}
        return Outcome(kept, ("utter_answer_kept",))


def _is_plain(said: Said, step: Step) -> bool:
    """Whether a yes or no is short enough to mean nothing else at this step."""
    most: float = SHORT if step.topic is not None else math.inf
    if said.intent == "affirm":
        most = MOST_WORDS_OF_YES.get(step.id, most)
    return len(said.text.split()) <= most


def _missed(first: str, talk: Talk) -> Outcome:
    """What is said of words that are no answer here: never the same twice running."""
    last = talk.slots.get("missed")
    says = AGAIN.get(last, first) if isinstance(last, str) else first
    return Outcome({"missed": says}, (says,))


def skip_question(step: Step, talk: Talk) -> Outcome:
    """Leave a question of the questionnaire; one that was gone back to keeps its answer."""
    if talk.has_answer(step.id):
        return Outcome({"cursor": None, "missed": None})
    return Outcome({step.id: Answer(skipped=True).slot(), "cursor": None, "missed": None}, ("utter_skipped",))


def _set(step: str, value: str, *says: str, **slots: Any) -> Outcome:
    return Outcome({step: Answer(value).slot(), "cursor": None, **slots}, says)


def _consent(value: str, talk: Talk) -> Outcome:
    return _set("consent", value, *(("utter_consent_declined",) if value == "consent_no" else ()))


def _remember(value: str, talk: Talk) -> Outcome:
    return _set("remember", value, "utter_remembered" if value == "remember_yes" else "utter_not_remembered")


def _health_consent(value: str, talk: Talk) -> Outcome:
    return _set("health_consent", value, *(("utter_health_declined",) if value == "health_no" else ()))


def _menu(value: str, talk: Talk) -> Outcome:
    if value == "menu":
        return Outcome({"menu_screen": None if talk.slots.get("menu_screen") == 2 else 2})
    says = "utter_menu_picked" if value.startswith(TOPICS) else "utter_menu_none"
    return _set("menu", value, says, menu_screen=None, **PAGE_STEPS)


def leave_summary(value: str, talk: Talk, route: Route) -> Outcome:
    """Go on from the page: to sharing when all was asked, else back to what waits; or pick more topics first.

    Args:
        value: `continue` or `menu`.
    """
    if value == "menu":
        return Outcome({"cursor": "menu", "menu_screen": None})
    if route.next(talk).id in ("summary", "end"):
        kept = {} if talk.said("share", "share_yes") else {"share": None}  # a shared page follows what changes
        return _set("summary", value, **kept)
    return Outcome({"cursor": None})


def _share(value: str, talk: Talk) -> Outcome:
    if value == "share_no" and talk.said("share", "share_yes"):
        return Outcome({"cursor": None}, ("utter_not_shared",))  # an earlier page stays shared
    if value == "share_no":
        return _set("share", value, "utter_not_shared")
    return Outcome({"share": Answer(value).slot(), "cursor": None}, ("utter_shared",), ("share",))


def _numbers(value: str, talk: Talk) -> Outcome:
    if value == "numbers_no":
        return _set("numbers", value, "utter_not_counted")
    return Outcome({"numbers": Answer(value).slot(), "cursor": None}, ("utter_counted",), ("count",))


def _paused(value: str, talk: Talk) -> Outcome:
    return Outcome({"paused": None}, ("utter_resumed",))


def _erase(value: str, talk: Talk) -> Outcome:
    if value == "erase_no":
        return Outcome({"erasing": None}, ("utter_not_erased",))
    return Outcome({"erasing": None}, ("utter_erased",), ("erase",))


_FIXED: Mapping[str, Callable[[str, Talk], Outcome]] = {
    "consent": _consent,
    "consent_again": _consent,
    "remember": _remember,
    "health_consent": _health_consent,
    "health_words": health_words,
    "menu": _menu,
    "menu_more": _menu,
    "share": _share,
    "numbers": _numbers,
    "doubt": doubt,
    "paused": _paused,
    "erase": _erase,
}
