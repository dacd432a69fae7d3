"""What a sentence is meant as: the classifier's ranking read in the light of what waits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Ranking = Sequence[tuple[str, float]]  # intents with their chances between 0 and 1, best first

ANSWER = "answer"
# While an open question waits, words are its answer unless they are plainly something else: a command must be
# this sure, and shorter than a story; between UNSURE and SURE the words are kept and the person is asked. By
# cross-validation on data/nlu (5,000 sentences to an open question) this keeps 98 of 100 answers.
SURE = 0.6
# Seldom meant while a question waits, and often read into an answer: these must be surer still.
SELDOM = {"frustration": 0.7, "out_of_scope": 0.7, "stop_sharing": 0.7, "share_summary": 0.7, "resume": 0.7}
# What a topic asks about sounds like a command: "kan geen mens aan de telefoon krijgen" when asked about money, "ik
# begrijp het vaak niet" when asked about Dutch. There a command must be as good as certain. Chosen on
# data/development/topics.jsonl.
CERTAIN = 0.96
SOUNDS_LIKE = {
    "wellbeing": {"ask_duration"},
    "health": {"ask_human"},
    "money": {"ask_human"},
    "people": {"ask_human"},
    "work": {"ask_duration"},
    "learning_language": {"dont_understand", "repeat"},
    "control": {"ask_human", "ask_privacy", "ask_duration", "show_summary"},
    "goals": {"ask_example", "ask_duration", "explain_why"},
    "meeting": {"explain_why", "faq_benefit"},
}
UNSURE = 0.35
LONG = 20  # words; commands are short, answers may be long
# While only a button can answer, a weaker guess still helps more than "choose a button".
GUESS = 0.25
YES_NO = {"affirm", "deny"}
# "ik wil stoppen met roken" tells about a life, "stoppen met deze vragen" is a command (design, section 2).
STOPS_SOMETHING = re.compile(
    r"\b(?:stop|stoppe|stoppen|gestopt|ophouden) met (?!(?:dit|deze|die|dat|nu|alles|het|de|delen|vragen|praten|"
    r"chatten|typen|invullen|antwoord\w*|(?:mijn|me|mn) pagina)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """The intent settled on, and the command that the words may also be."""

    intent: str
    confidence: float
    doubt: str | None = None


def ranking_of(parsed: Iterable[Mapping[str, Any]]) -> Ranking:
    """The ranking that Rasa keeps as `{"name", "confidence"}`."""
    return [(one["name"], one["confidence"]) for one in parsed]


def decide(text: str, ranking: Ranking, awaiting: str | None, topic: str | None = None) -> Reading:
    """The meaning of a sentence.

    Args:
        ranking: (intent, probability between 0 and 1), best first; may be empty.
        awaiting: what the bot waits for, as in `voorgesprek understand`.
        topic: the topic that is asked about.
    """
    if not ranking:
        return Reading(ANSWER, 0.0)
    intent, confidence = ranking[0]
    if awaiting == "open":
        return _to_open_question(text, intent, confidence, topic)
    return Reading(intent, confidence) if confidence >= GUESS else Reading(ANSWER, confidence)


def looks_like_code(text: str) -> bool:
    """Whether the words begin as a program's command or as markup: nobody commands a bot so, and nothing is lost."""
    return text.lstrip().startswith(("/", "<"))


def _to_open_question(text: str, intent: str, confidence: float, topic: str | None) -> Reading:
    if intent == ANSWER or STOPS_SOMETHING.search(text):
        return Reading(ANSWER, confidence)
    if len(text.split()) > LONG or confidence < UNSURE:
        return Reading(ANSWER, confidence)
    if confidence < _sure_enough(intent, topic) and intent not in YES_NO:
        return Reading(ANSWER, confidence, doubt=intent)
    return Reading(intent, confidence)


def _sure_enough(intent: str, topic: str | None) -> float:
    return CERTAIN if intent in SOUNDS_LIKE.get(topic or "", ()) else SELDOM.get(intent, SURE)
