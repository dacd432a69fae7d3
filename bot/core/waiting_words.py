"""Words that wait until the person has said what they are, or whether they may be kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.talk import Answer, Talk
from bot.core.turns import Outcome, Said


def health_words(value: str, talk: Talk) -> Outcome:
    """Keep the words about health that wait, or drop them.

    Args:
        value: `health_yes` or `health_no`.
    """
    words = talk.slots["health_words"]
    if value == "health_yes" and not words.get("text"):  # they were in memory only, and that is gone
        allowed = {"health_consent": Answer("health_yes").slot(), "health_words": None}
        return Outcome({**allowed, "cursor": words["question"]}, ("utter_health_words_lost",))
    if value == "health_no":
        dropped = Answer(skipped=True).slot()
        return Outcome(
            {words["question"]: dropped, "health_words": None, "cursor": None}, ("utter_health_words_dropped",)
        )
    answer = replace(answer_of_words(words), health=True)
    kept = {words["question"]: answer.slot(), "health_consent": Answer("health_yes").slot()}
    return Outcome({**kept, "health_words": None, "cursor": None}, ("utter_health_words_kept",))


def doubt(value: str, talk: Talk) -> Outcome:
    """Keep the words that might have been a command as the answer that they are."""
    words = talk.slots["doubt"]
    kept = {words["question"]: answer_of_words(words).slot(), "doubt": None, "cursor": None}
    return Outcome(kept, ("utter_answer_kept",))


def grown(said: Said, words: Mapping[str, Any]) -> dict[str, Any]:
    """The words that wait, with more words that came instead of a button: nothing typed is lost."""
    before = f"{words['text']}\n" if words.get("text") else ""
    names = [*(words.get("names") or ()), *([start + len(before), end + len(before)] for start, end in said.names)]
    health = bool(words.get("health")) or said.health
    return {**words, "text": before + said.text, "names": names, "health": health}


def answer_of_words(words: Mapping[str, Any]) -> Answer:
    """The words that wait as an answer."""
    names = tuple((start, end) for start, end in words.get("names", ()))
    return Answer(text=words["text"], names=names, health=bool(words.get("health")))
