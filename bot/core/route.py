"""The order of the talk: which steps it has for this person, and which one waits now."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.core.numbers import has_items
from bot.core.questionnaire import Question, Questionnaire, Topic
from bot.core.talk import Talk


@dataclass(frozen=True)
class Step:
    """Something the bot asks: a question of the questionnaire or a fixed step.

    Args:
        id: the slot that holds the answer; `utter_ask_<id>` asks it.
        question_id: the id that the API shows for it.
        topic: the topic of a question, None for fixed steps.
        awaiting: what the bot waits for, as in `voorgesprek understand`.
        values: the values that answer it.
        explain, why, example: keys of the texts that help with it.
    """

    id: str
    question_id: str
    topic: str | None
    awaiting: str
    values: tuple[str, ...]
    explain: str
    why: str
    example: str


NOT_HELD = "not_held"  # the value that says that the meeting did not go on


def _fixed(id: str, question_id: str, awaiting: str, values: tuple[str, ...], texts: tuple[str, str, str]) -> Step:
    return Step(id, question_id, None, awaiting, values, *texts)


_CONSENT = ("utter_explain_consent", "utter_why_consent", "utter_example_consent")
_REMEMBER = ("utter_explain_remember", "utter_why_remember", "utter_example_remember")
_HEALTH = ("utter_explain_health_consent", "utter_why_health_consent", "utter_example_health_consent")
_MENU = ("utter_explain_menu", "utter_why_menu", "utter_example_menu")
_SUMMARY = ("utter_explain_summary", "utter_why_summary", "utter_example_summary")
_SHARE = ("utter_explain_share", "utter_why_share", "utter_example_share")
_NUMBERS = ("utter_explain_numbers", "utter_why_numbers", "utter_example_numbers")
_SHARED = ("utter_explain_shared", "utter_why_shared", "utter_example_shared")
_END = ("utter_explain_end", "utter_why_end", "utter_example_end")
_PAUSED = ("utter_explain_paused", "utter_why_paused", "utter_example_paused")
_ERASE = ("utter_explain_erase", "utter_why_erase", "utter_example_erase")
_DOUBT = ("utter_explain_doubt", "utter_why_doubt", "utter_example_doubt")

FIXED = {
    step.id: step
    for step in (
        _fixed("consent", "consent", "choice", ("consent_yes", "consent_no"), _CONSENT),
        _fixed("consent_again", "consent", "choice", ("consent_yes",), _CONSENT),
        _fixed("remember", "remember", "choice", ("remember_yes", "remember_no"), _REMEMBER),
        _fixed("menu", "menu", "choice", ("menu", "continue"), _MENU),
        _fixed("menu_more", "menu", "choice", ("menu", "continue"), _MENU),
        _fixed("health_consent", "health_consent", "choice", ("health_yes", "health_no"), _HEALTH),
        _fixed("health_words", "health_consent", "choice", ("health_yes", "health_no"), _HEALTH),
        _fixed("doubt", "doubt", "choice", ("as_answer", "as_command"), _DOUBT),
        _fixed("summary", "summary", "summary", ("continue", "menu"), _SUMMARY),
        _fixed("share", "share", "share", ("share_yes", "share_no"), _SHARE),
        _fixed("numbers", "numbers", "choice", ("numbers_yes", "numbers_no"), _NUMBERS),
        _fixed("shared", "shared", "shared", (), _SHARED),
        _fixed("end", "end", "end", (), _END),
        _fixed("paused", "paused", "paused", ("resume",), _PAUSED),
        _fixed("erase", "erase", "choice", ("erase_yes", "erase_no"), _ERASE),
    )
}


class Route:
    """The talk's steps for one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        """Prepare the steps of this questionnaire."""
        self.questionnaire = questionnaire
        self._steps = {**FIXED, **{q.id: _asked(q) for q in questionnaire.questions.values()}}

    def step(self, step_id: str) -> Step:
        """The step with this id."""
        return self._steps[step_id]

    def __contains__(self, step_id: object) -> bool:
        """Whether there is a step with this id."""
        return step_id in self._steps

    def waiting(self, talk: Talk) -> Step:
        """The step that waits for the person now: what interrupts, what was gone back to, or the next."""
        interrupting = self._interruption(talk)
        if interrupting:
            return self.step(interrupting)
        cursor = talk.slots.get("cursor")
        step = self.step(cursor) if cursor in self._steps else self.next(talk)
        second_screen = step.id == "menu" and talk.slots.get("menu_screen") == 2
        return self.step("menu_more") if second_screen else step

    def next(self, talk: Talk) -> Step:
        """The first step of the route without an answer, a meeting just past before all; the end waits for ever."""
        steps = list(self.steps(talk))
        unanswered = [step for step in steps if not talk.has_answer(step)]
        return self.step(next(filter(self.looks_back, unanswered), (unanswered or steps[-1:])[0]))

    def looks_back(self, step_id: str) -> bool:
        """Whether this step asks about a meeting that is over."""
        return step_id in self.looking_back

    @cached_property
    def looking_back(self) -> tuple[str, ...]:
        """The ids of all questions about a meeting that is over."""
        return tuple(q.id for topic in self.questionnaire.offered("after") for q in topic.questions)

    def steps(self, talk: Talk) -> Iterator[str]:
        """The ids of all steps of this talk, as far as its answers let us see."""
        yield "consent"
        if talk.said("consent", "consent_no"):
            yield "consent_again"
            return
        yield "remember"
        yield from self._topics(talk, "first")
        yield "menu"
        yield from self._topics(talk, "menu")
        yield from self._topics(talk, "last")
        yield "summary"
        yield "share"
        if has_items(talk, self.questionnaire):
            yield "numbers"
        if talk.slots.get("met"):
            yield from self._topics(talk, "after")
        yield "shared" if talk.said("share", "share_yes") else "end"

    def questions(self, talk: Talk) -> list[Question]:
        """The questions of the questionnaire on this person's route."""
        return [self.questionnaire.questions[s] for s in self.steps(talk) if s in self.questionnaire.questions]

    def before(self, talk: Talk, step: Step) -> Step | None:
        """The step that was asked before this one, or None at the start: a yes is not gone back on by a tap."""
        steps = [s for s in self.steps(talk) if s not in ("consent", "health_consent", "numbers")]
        place = steps.index(step.id) if step.id in steps else len(steps)
        earlier = [s for s in steps[:place] if talk.has_answer(s)]
        return self.step(earlier[-1]) if earlier else None

    def progress(self, talk: Talk) -> dict[str, int]:
        """How many questions were answered or skipped, and how many there are with the topics chosen now."""
        questions = self.questions(talk)
        return {"answered": sum(talk.has_answer(q.id) for q in questions), "of": len(questions)}

    def _interruption(self, talk: Talk) -> str | None:
        flags = (("erase", "erasing"), ("paused", "paused"), ("health_words", "health_words"), ("doubt", "doubt"))
        return next((step for step, slot in flags if talk.slots.get(slot)), None)

    def _topics(self, talk: Talk, offered: str) -> Iterator[str]:
        picked = talk.picked
        for topic in self.questionnaire.offered(offered):
            is_wanted = offered != "menu" or topic.id in picked
            if is_wanted and not (talk.leaves_out and topic.is_sensitive):
                yield from self._questions(talk, topic)

    def _questions(self, talk: Talk, topic: Topic) -> Iterator[str]:
        if topic.consent:
            yield topic.consent
            if not talk.said(topic.consent, "health_yes"):
                return
        is_past = topic.before_meeting and self._was_held(talk)
        for question in topic.questions:
            is_asked = talk.calls_for(question.when) and not (question.sensitive and talk.leaves_out)
            if is_asked and (not is_past or talk.has_answer(question.id)):
                yield question.id

    def _was_held(self, talk: Talk) -> bool:
        return bool(talk.slots.get("met")) and not any(talk.said(step, NOT_HELD) for step in self.looking_back)


def _asked(question: Question) -> Step:
    texts = (question.explain, question.why, question.example)
    return Step(question.id, question.id, question.topic, question.awaiting, question.values, *texts)
