"""What somebody has said so far, read from the slots of the dialogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.questionnaire import When

WAITING = ("health_words", "doubt")  # slots of words that wait for the person to say what to do with them
EARLIER = "earlier"  # the slot of what was said about meetings before the last one
TOPICS = "topics:"  # the value of a picked menu: topics:money,health


@dataclass(frozen=True)
class Answer:
    """An answer: a button's value, own words, or neither when it was skipped.

    `names` are the (start, end) spans of people's names within `text`; `health` says that the words may tell about
    health, so that they go when the yes to keeping those is taken back.
    """

    value: str | None = None
    text: str | None = None
    names: tuple[tuple[int, int], ...] = ()
    skipped: bool = False
    health: bool = False

    def slot(self) -> dict[str, Any]:
        """The answer as the JSON that a slot keeps."""
        if self.skipped:
            return {"skipped": True}
        if self.text is None:
            return {"value": self.value}
        words = {"text": self.text, "names": [list(span) for span in self.names]}
        return {**words, "health": True} if self.health else words


def answer_of(slot: Any) -> Answer | None:
    """The answer kept in a slot, or None while the question was not answered."""
    if not isinstance(slot, Mapping):
        return None
    names = tuple((int(start), int(end)) for start, end in slot.get("names", ()))
    return Answer(slot.get("value"), slot.get("text"), names, bool(slot.get("skipped")), bool(slot.get("health")))


@dataclass(frozen=True)
class Talk:
    """The slots of one conversation, with names for what they mean.

    Slots: one per question and fixed step, holding an answer as `Answer.slot` writes it; and
    `erasing`, `paused` (true while asked), `doubt` and `health_words` (words kept while the person is
    asked about them: `text`, `names`, `question`, for a doubt also `intent`), `menu_screen` (2 on the
    second screen), `cursor` (the step that is asked again out of turn) and `leaves_out` (true where sensitive
    questions are not asked), `met` (the day, ISO, of the meeting that is looked back on) and `earlier` (answers about
    meetings before that one).
    """

    slots: Mapping[str, Any]

    def answer(self, step: str) -> Answer | None:
        """The answer to a step, or None while there is none; `<step>-<day>` is that about an earlier meeting."""
        return answer_of(self._kept(step))

    def has_answer(self, step: str) -> bool:
        """Whether a step was answered or skipped."""
        return isinstance(self._kept(step), Mapping)

    def _kept(self, step: str) -> Any:
        return self.slots.get(step) or self.earlier.get(step)

    @property
    def earlier(self) -> Mapping[str, Any]:
        """What was answered about earlier meetings, as slots keep it, by `<step>-<day>`."""
        return self.slots.get(EARLIER) or {}

    def said(self, step: str, value: str) -> bool:
        """Whether the step was answered with exactly this value."""
        answer = self.answer(step)
        return answer is not None and answer.value == value

    @property
    def picked(self) -> tuple[str, ...]:
        """The topics picked in the menu, in the order picked."""
        answer = self.answer("menu")
        value = (answer.value if answer else None) or ""
        return tuple(filter(None, value.removeprefix(TOPICS).split(","))) if value.startswith(TOPICS) else ()

    @property
    def leaves_out(self) -> bool:
        """Whether sensitive questions are left out, because the channel is another's."""
        return bool(self.slots.get("leaves_out"))

    def calls_for(self, when: When | None) -> bool:
        """Whether an earlier answer calls for a follow-up; a question without condition is always called for."""
        if when is None:
            return True
        answer = self.answer(when.question)
        if answer is None:
            return when.before
        if answer.skipped:
            return False
        return when.own_words if answer.text is not None else answer.value in when.values

    @property
    def waits_with_concern(self) -> bool:
        """Whether words wait that were a doubtful cry for help."""
        return any((self.slots.get(slot) or {}).get("concern") for slot in WAITING)

    def with_concern(self) -> dict[str, Any]:
        """The slots, with a mark at the words that wait: their line is hidden once they are an answer."""
        waiting = {slot: {**self.slots[slot], "concern": True} for slot in WAITING if self.slots.get(slot)}
        return {**self.slots, **waiting}

    def kept_words(self) -> Mapping[str, Any] | None:
        """The words that wait for the person to say what to do with them."""
        for slot in WAITING:
            words = self.slots.get(slot)
            if isinstance(words, Mapping):
                return words
        return None


def line_about(question: str, day: str) -> str:
    """The line on the page with an answer about an earlier meeting.

    Args:
        day: of that meeting, ISO.
    """
    return f"{question}-{day}"


def question_and_day(line_id: str) -> tuple[str, str]:
    """The question of a line, and the day of the earlier meeting that its answer is about, or an empty string."""
    question, _, day = line_id.partition("-")
    return question, day


def topics_value(topics: Iterable[str]) -> str:
    """The menu's value for a selection of topics."""
    return TOPICS + ",".join(topics)
