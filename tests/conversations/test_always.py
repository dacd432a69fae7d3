"""What holds in every conversation, whatever people type or tap, and in whatever order."""

import random
from typing import Any

import pytest

from bot.core import questionnaire
from bot.core.errors import ConversationUnknown, ShareUnknown
from tests.conversations.conftest import Person
from tests.talkers import WORDS

pytestmark = pytest.mark.slow

QUESTIONS = set(questionnaire.load().questions)
MOVES = 40
HELP = ["explain", "why", "example", "repeat", "human", "summary"]
WAYS = ["skip", "back", "pause", "resume", "erase", "change:wellbeing_week"]
BAD = [
    "woorden " * 500,
    "<b>goed</b><script>alert(1)</script>",
    "'; DROP TABLE conversations; --",
    "/restart",
    '/answer{"value":"good"}',
    '/intent{"a":1}',
    "🙂👍 ging wel lekker",
    "{municipality_phone} %s {0} ${x}",
    "\u202ehcabmo\u0000 tekst",
    "...",
]


class Walk:
    """Somebody who goes through the talk at random, and what was there before the last move."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person, self.chance = person, random.Random(seed)
        self.move, self.asked, self.before, self.reopened = "", person.asked, answers(person), ""

    def go(self) -> "Walk":
        """Make one move."""
        self.asked, self.before = self.person.asked, answers(self.person)
        offered = [choice["value"] for message in self.person.state["messages"] for choice in message["choices"]]
        offered = [choice for choice in offered if choice not in ("erase_yes", "health_no")]
        self.move = self.chance.choice([*HELP, *WAYS, *offered * 3, *WORDS * 3])
        self.person.types(self.move) if self.move in WORDS else self.person.taps(self.move)
        self._note_what_was_reopened()
        return self

    def _note_what_was_reopened(self) -> None:
        if self.move.startswith(("back", "change:")):
            self.reopened = self.person.asked
        elif self.person.asked in QUESTIONS and self.person.asked != self.reopened:
            self.reopened = ""


def answers(person: Person) -> dict[str, Any]:
    """What is kept of the answers, by question."""
    return {step: slot for step, slot in person.record["tracker"]["slots"].items() if step in QUESTIONS}


def now_skipped(walk: Walk) -> set[str]:
    return {question for question, answer in walk.before.items() if answer.get("skipped")}


@pytest.fixture(params=range(4), ids=lambda seed: f"walk {seed}")
def walk(request: pytest.FixtureRequest, begun: Person) -> Walk:
    """A walk of its own for every seed."""
    return Walk(begun, request.param)


def test_no_answer_is_lost_and_no_skipped_question_comes_back_by_itself(walk: Walk):
    for number in range(MOVES):
        after = answers(walk.go().person)

        kept = {question: answer for question, answer in walk.before.items() if question != walk.asked}
        assert kept.items() <= after.items(), (number, walk.move)
        assert walk.asked not in walk.before or walk.asked in after, (number, walk.move)
        assert walk.person.asked not in now_skipped(walk) - {walk.reopened, walk.asked}, (number, walk.move)


def test_every_message_gets_a_reply_and_a_question_waits(walk: Walk):
    for number in range(MOVES):
        state = walk.go().person.state

        assert state["messages"], (number, walk.move)
        assert all(message["text"] for message in state["messages"]), (number, walk.move)
        assert state["question"]["id"], (number, walk.move)
        assert 0 <= state["progress"]["answered"] <= state["progress"]["of"], (number, walk.move)


def test_words_typed_at_an_open_question_are_kept(walk: Walk):
    for number in range(MOVES):
        open_question = walk.person.state["question"]["awaiting"] == "open"
        walk.go()

        if open_question and walk.move in WORDS:
            assert walk.move in str(walk.person.record["tracker"]["slots"]), (number, walk.move)


def test_what_was_skipped_is_not_on_the_page(begun: Person):
    begun.types(WORDS[0]).taps("skip", "skip")

    assert begun.page == {"wellbeing_week": WORDS[0]}


def test_erased_means_that_nothing_is_left(begun: Person):
    begun.types(WORDS[0]).taps("home", "rest", "continue", "rest")
    share = begun.taps("share_summary", "share_yes").state["share"]
    begun.taps("erase", "erase_yes")

    with pytest.raises(ConversationUnknown):
        _ = begun.record
    with pytest.raises(ShareUnknown):
        begun.opens(share)


@pytest.mark.parametrize("bad", BAD)
def test_strange_input_gets_an_answer_and_the_talk_goes_on(begun: Person, bad: str):
    begun.taps("good").types(bad)
    waits = begun.state["question"]

    assert begun.heard
    assert begun.page["wellbeing_week"] == "Mijn week was goed."
    begun.taps(begun.state["messages"][-1]["choices"][-1]["value"])
    assert begun.state["question"] != waits


def test_four_thousand_letters_are_kept_whole(begun: Person):
    assert begun.types(BAD[0]).page["wellbeing_week"] == BAD[0]
