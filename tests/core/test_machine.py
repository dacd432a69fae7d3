"""Whatever somebody taps or types, in whatever order: no answer is lost, and nothing is kept before the yes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.core import commands
from bot.core.answering import Outcome, Said
from bot.core.choices import is_known, understand
from bot.core.looking_back import turned
from bot.core.talk import Talk
from tests.talking import ANSWERING, ROUTE, after

QUESTIONS = ROUTE.questionnaire.questions
MENU = [topic.id for topic in ROUTE.questionnaire.offered("menu")]
WORDS = st.sampled_from(["ik was moe", "ja hoor dat wel", "nee", "ja", "goed", "\u0000", "/restart", "een gewone dag"])
ANYTIME = ["skip", "back", "repeat", "explain", "pause", "resume", "summary", "erase", "menu", "start", "safe_yes"]
OTHER = ["share_yes", "share_no", "consent_yes", "consent_no", "health_yes", "continue", "keep_no", "good", "dont_know"]
CONSENTED = [{"name": "consent", "given": True}]
COMMANDS = {
    "skip": commands.skip,
    "back": commands.back,
    "pause": commands.pause,
    "resume": commands.resume,
    "show_summary": commands.show_summary,
    "share_summary": commands.share_summary,
    "delete_data": commands.erase,
    "dont_know": commands.dont_know,
}


class Talks(RuleBasedStateMachine):
    """One person in one talk, from the first question on."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk({})
        self.kept: dict[str, str] = {}  # own words that were taken as an answer, by question
        self.skipped: set[str] = set()
        self.is_erased = False
        self.day = datetime(2026, 3, 2, tzinfo=UTC)

    @property
    def step(self) -> Any:
        return ROUTE.waiting(self.talk)

    @property
    def asked_about(self) -> set[str]:
        """The questions whose answer may change now: the one that waits, and the one of words that wait."""
        words = self.talk.kept_words() or {}
        return {self.step.id, words.get("question", "")}

    def happens(self, outcome: Outcome) -> None:
        for changed in self.asked_about & set(outcome.slots):
            self.kept.pop(changed, None)
        self.talk = after(self.talk, outcome)
        self.is_erased = self.is_erased or "erase" in outcome.effects

    def taps(self, choice: str) -> None:
        assert is_known(choice, ROUTE.questionnaire), choice
        understood = understand(choice, self.step, self.talk)
        if understood.intent == "answer":
            self.happens(ANSWERING.answer(Said(choice, value=understood.value), self.step, self.talk))
        elif understood.intent == "change_answer":
            self.happens(commands.change(ROUTE, self.talk, understood.value))
        elif understood.intent in COMMANDS:
            self.happens(COMMANDS[understood.intent](ROUTE, self.talk))

    @rule(choice=st.sampled_from([*ANYTIME, *OTHER, *(f"change:{question}" for question in QUESTIONS)]))
    def taps_what_may_be_tapped_at_any_time(self, choice: str) -> None:
        assume(choice != "erase_yes")
        self.taps(choice)

    @precondition(lambda self: self.step.values)
    @rule(which=st.integers(0, 9))
    def taps_what_is_offered(self, which: int) -> None:
        choice = self.step.values[which % len(self.step.values)]
        self.taps("erase_no" if choice == "erase_yes" else choice)

    @rule(topics=st.lists(st.sampled_from(MENU), min_size=1, max_size=4, unique=True))
    def picks_topics(self, topics: list[str]) -> None:
        self.taps("topics:" + ",".join(topics))

    @precondition(lambda self: self.step.topic is not None)
    @rule()
    def skips_a_question(self) -> None:
        step, had = self.step, self.talk.answer(self.step.id)
        self.taps("skip")
        if had is None:
            self.skipped.add(step.id)
        assert self.step.id != step.id, "a skipped question is not asked again"

    @rule(text=WORDS, intent=st.sampled_from(["answer", "affirm", "deny"]), health=st.booleans(), doubt=st.booleans())
    def types(self, text: str, intent: str, health: bool, doubt: bool) -> None:
        step = self.step
        assume(step.id != "erase" or intent != "affirm")  # a short yes erases, and the talk is over
        said = Said(text, intent, health=health, doubt="skip" if doubt else None)
        self.happens(ANSWERING.answer(said, step, self.talk))
        answer = self.talk.answer(step.id) if step.topic else None
        if answer is not None and answer.text == text:
            self.kept[step.id] = text
        elif intent == "answer" and step.topic:
            is_label = answer is not None and answer.value in step.values
            words = self.talk.kept_words()
            assert is_label or (words is not None and words["text"] == text), "words are lost"

    @precondition(lambda self: self.talk.said("consent", "consent_yes"))
    @rule()
    def comes_back_after_another_meeting(self) -> None:
        self.day += timedelta(days=7)
        tracker = {"slots": self.talk.slots, "loop": None}
        record = {"tracker": tracker, "consents": CONSENTED, "meeting": self.day.date().isoformat()}
        changed, met = turned(record, ROUTE, self.day + timedelta(days=1)), self.talk.slots.get("met")
        if changed:
            self.talk = Talk(changed["tracker"]["slots"])
            self.skipped -= set(ROUTE.looking_back)
            for question in set(ROUTE.looking_back) & set(self.kept):
                self.kept[f"{question}-{met}"] = self.kept.pop(question)

    @invariant()
    def exactly_one_step_waits_and_it_can_be_asked(self) -> None:
        assert self.step.id in ROUTE
        assert "utter_ask_" + self.step.id in ANSWERING.texts

    @invariant()
    def no_words_are_lost(self) -> None:
        for question, text in self.kept.items():
            answer = self.talk.answer(question)
            assert answer is not None
            assert answer.text == text

    @invariant()
    def nothing_is_kept_before_the_yes(self) -> None:
        if not self.talk.said("consent", "consent_yes"):
            assert not [question for question in QUESTIONS if self.talk.answer(question)]
            assert self.talk.kept_words() is None

    @invariant()
    def a_skipped_question_does_not_come_back_by_itself(self) -> None:
        assert ROUTE.next(self.talk).id not in self.skipped

    @invariant()
    def erasing_can_always_be_asked_for_and_is_never_done_without_its_own_yes(self) -> None:
        asking = after(self.talk, commands.erase(ROUTE, self.talk))
        assert ROUTE.waiting(asking).id == "erase"
        done = ANSWERING.answer(Said("erase_yes", value="erase_yes"), ROUTE.waiting(asking), asking)
        assert done.effects == ("erase",)
        assert not self.is_erased

    @invariant()
    def progress_never_passes_its_end(self) -> None:
        progress = ROUTE.progress(self.talk)
        assert 0 <= progress["answered"] <= progress["of"]


TestAnyTalk = Talks.TestCase
TestAnyTalk.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
