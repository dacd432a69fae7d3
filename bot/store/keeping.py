"""What of a record may reach a disk: nothing before the first yes, and no words about health before theirs."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core import summary
from bot.core.invitations import meeting_day
from bot.core.state import given
from bot.core.talk import Talk, question_and_day

Record = dict[str, Any]
# What would tell afterwards what was said before the first yes.
BEFORE_YES = ("help", "helpTold", "concerns", "told", "unread", "meeting", "topicsShared")


def on_disk(record: Record, before: Record) -> Record:
    """The record as it may be written, once there is a yes to keeping.

    Args:
        before: the record as this turn found it.
    """
    if not given(before, "consent"):
        # What the turn of the yes itself brought stays: a warm question, for one.
        said = {name for name in BEFORE_YES if record.get(name) and record[name] == before.get(name)}
        record = {name: value for name, value in record.items() if name not in said}
        if record.get("invitation"):  # its day was not said by the person: the card tells it
            record["meeting"] = meeting_day(record["invitation"]).isoformat()
        else:
            record.pop("invitation", None)  # a card that was lost before the yes
    if _has_health(record.get("help")):
        record = {**record, "help": {**record["help"], "words": None, "names": []}}
    slots = record["tracker"]["slots"]
    if not slots.get("health_words"):
        return record
    place = {name: slots["health_words"].get(name) for name in ("question", "topic")}
    return {**record, "tracker": {**record["tracker"], "slots": {**slots, "health_words": place}}}


def in_memory(record: Record, messages: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What may not be written yet: all before the first yes, and then words about health.

    Returns:
        `{"record", "messages"}`; or `{"words"}` of an answer, `{"help"}` of a cry, or both; or None.
    """
    if not given(record, "consent"):
        return {"record": record, "messages": messages}
    kept = {"words": record["tracker"]["slots"].get("health_words")}
    kept["help"] = record["help"] if _has_health(record.get("help")) else None
    return {name: words for name, words in kept.items() if words} or None


def waits_for_words(record: Record) -> bool:
    """Whether an answer or a cry that may tell about health is waited for, and its words are not here."""
    waits, cry = record["tracker"]["slots"].get("health_words"), record.get("help") or {}
    return bool(waits and not waits.get("text")) or (_has_health(cry) and not cry.get("words"))


def with_words(record: Record, text: str, names: Sequence[Sequence[int]]) -> Record | None:
    """What is held of words that came again, as `in_memory` gives it; None where none are waited for.

    Args:
        names: the spans of people's names in the text.
    """
    waits, cry = record["tracker"]["slots"].get("health_words"), record.get("help")
    spans = [list(span) for span in names]
    if waits and not waits.get("text"):
        return {"words": {**waits, "text": text, "names": spans, "health": True}}
    if cry and _has_health(cry) and not cry.get("words"):
        return {"help": {**cry, "words": text, "names": spans}}
    return None


def with_held(record: Record, words: Mapping[str, Any] | None, cry: Mapping[str, Any] | None) -> Record:
    """The record with what was in memory only, where it still waits for that.

    Args:
        words, cry: as `in_memory` gave them.
    """
    slots = record["tracker"]["slots"]
    if words and (slots.get("health_words") or {}).get("question") == words["question"]:
        record = {**record, "tracker": {**record["tracker"], "slots": {**slots, "health_words": words}}}
    if cry and _has_health(record.get("help")):
        record = {**record, "help": {**record["help"], "words": cry["words"], "names": cry["names"]}}
    return record


def living_edits(record: Record, slots: Mapping[str, Any]) -> Record:
    """The edits of lines whose answer stands; of others only that the line stays hidden."""
    talk = Talk(slots)
    edits = {line: _living(edit, talk, line) for line, edit in record.get("edits", {}).items()}
    return {line: edit for line, edit in edits.items() if edit}


def share_topic(record: Record, topic: str, questions: Sequence[str], shared: bool) -> None:
    """Let all lines of a topic be shared, or none, whatever was said of one of them before."""
    record.setdefault("topicsShared", {})[topic] = shared
    for line, edit in record.get("edits", {}).items():
        if question_and_day(line)[0] in questions:
            edit.pop("shared", None)


def forget_health_edits(record: Record) -> None:
    """Drop the words of edits that may tell about health; what they stood in place of comes back hidden."""
    edits = record.get("edits", {}).items()
    record["edits"] = {line: _without_words(edit) if edit.get("health") else edit for line, edit in edits}


def _without_words(edit: Mapping[str, Any]) -> Record:
    kept = {name: edit[name] for name in ("of", "removed") if name in edit}
    return {**kept, "shared": False}


def _has_health(cry: Mapping[str, Any] | None) -> bool:
    return bool(cry and cry.get("health"))


def _living(edit: Mapping[str, Any], talk: Talk, line: str) -> Mapping[str, Any]:
    answer = talk.answer(line)
    if answer is not None and edit.get("of") == summary.fingerprint(answer):
        return edit
    return {"shared": False} if edit.get("shared") is False else {}
