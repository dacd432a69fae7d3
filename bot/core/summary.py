"""The page: one line per answer, in the person's own words, and what of it the contact person sees."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.core.questionnaire import Question, Questionnaire, Topic
from bot.core.talk import Answer, Talk, question_and_day
from bot.core.texts import Texts

PARTS = ("want", "why", "need", "consider", "well", "discuss", "avoid", "after")
NAME = "[naam]"

Section = dict[str, Any]
Line = tuple[str, Question]  # its id on the page, and what was asked
Record = Mapping[str, Any]


def build(record: Record, questionnaire: Questionnaire, texts: Texts) -> list[Section]:
    """The person's own page: every answered line, also the hidden ones, goals first.

    Args:
        record: the conversation's record; its tracker holds the answers, `edits` and `topicsShared` what
            the person did with the lines.

    Returns:
        Sections `{"topic", "title", "lines"}`; a line is `{"lineId", "label", "text", "shared", "marked", "covered",
        "ownWords", "hiddenNames"}`.
    """
    talk = Talk(record.get("tracker", {}).get("slots", {}))
    sections = (_section(topic, talk, record, texts) for topic in _page_order(questionnaire))
    return [section for section in sections if section["lines"]]


def visible(sections: list[Section]) -> list[Section]:
    """What the contact person sees: shared lines only, and no sign that there are others."""
    shown = (
        {**section, "lines": [_shown(line) for line in section["lines"] if line["shared"]]} for section in sections
    )
    return [section for section in shown if section["lines"]]


def uncovered(sections: list[Section]) -> list[Section]:
    """The page without the lines that are covered until they are tapped."""
    open_ = ({**section, "lines": [one for one in section["lines"] if not one["covered"]]} for section in sections)
    return [section for section in open_ if section["lines"]]


def line_ids(sections: list[Section]) -> set[str]:
    """The ids of all lines on a page."""
    return {line["lineId"] for section in sections for line in section["lines"]}


def mark_of(record: Record, line_id: str) -> str:
    """The fingerprint of the answer that a line is made of; empty where there is none."""
    answer = Talk(record.get("tracker", {}).get("slots", {})).answer(line_id)
    return fingerprint(answer) if answer else ""


def fingerprint(answer: Answer) -> str:
    """A short mark of an answer, by which an edit knows whether it still belongs to it."""
    return hashlib.sha256(json.dumps(answer.slot(), sort_keys=True).encode()).hexdigest()[:16]


def hide_names(text: str, names: tuple[tuple[int, int], ...]) -> str:
    """The text with every marked name replaced by `[naam]`.

    Args:
        names: (start, end) spans in characters, not overlapping.
    """
    for start, end in sorted(names, reverse=True):
        text = text[:start] + NAME + text[end:]
    return text


def _page_order(questionnaire: Questionnaire) -> Iterator[Topic]:
    yield questionnaire.by_id["goals"]
    yield from (topic for topic in questionnaire.topics if topic.id != "goals")


def _section(topic: Topic, talk: Talk, record: Record, texts: Texts) -> Section:
    asked = [*_asked(topic, talk), *_asked_earlier(topic, talk)]
    lines = [_line(line, topic, answer, record, texts) for line in asked if (answer := _on_page(line[0], talk, record))]
    return {"topic": topic.id, "title": texts.get(topic.title).text, "lines": lines}


def _asked(topic: Topic, talk: Talk) -> Iterator[Line]:
    questions = sorted(topic.questions, key=lambda q: PARTS.index(q.part))
    return ((question.id, question) for question in questions if talk.calls_for(question.when))


def _asked_earlier(topic: Topic, talk: Talk) -> Iterator[Line]:
    """What was asked about meetings before the last one, the newest first."""
    by_id = {question.id: question for question in topic.questions}
    lines = sorted(talk.earlier, key=lambda line: question_and_day(line)[1], reverse=True)
    return ((line, by_id[question]) for line in lines if (question := question_and_day(line)[0]) in by_id)


def _on_page(line_id: str, talk: Talk, record: Record) -> Answer | None:
    answer = talk.answer(line_id)
    if answer is None or answer.skipped:
        return None
    return None if _edit(line_id, answer, record).get("removed") else answer


def _line(line: Line, topic: Topic, answer: Answer, record: Record, texts: Texts) -> dict[str, Any]:
    line_id, question = line
    asked = texts.raw("utter_ask_" + question.id)
    edit = _edit(line_id, answer, record)
    # Somebody who edits a line sees what goes in, so a name typed there is meant to be read.
    own = edit.get("text", answer.text)
    hidden = () if "text" in edit or edit.get("names") else answer.names
    return {
        "lineId": line_id,
        "label": _label(asked.label, line_id),
        "text": asked.lines[answer.value] if own is None and answer.value else hide_names(own or "", hidden),
        "shared": _is_shared(line, topic, answer, record),
        "marked": question.marked,
        "covered": question.covered,
        "ownWords": own is not None,
        "hiddenNames": bool(hidden),
    }


def _edit(line_id: str, answer: Answer, record: Record) -> Mapping[str, Any]:
    edit: Mapping[str, Any] = record.get("edits", {}).get(line_id, {})
    return edit if edit.get("of") == fingerprint(answer) else {}


def _label(label: str, line_id: str) -> str:
    _, day = question_and_day(line_id)
    return f"{label} ({date.fromisoformat(day):%d-%m-%Y})" if day else label


def _is_shared(asked: Line, topic: Topic, answer: Answer, record: Record) -> bool:
    line_id, question = asked
    edits = record.get("edits", {}).get(line_id, {})
    if edits.get("shared") is False:
        return False  # hidden stays hidden, also when the answer changes
    line = _edit(line_id, answer, record).get("shared")
    if line is not None:
        return bool(line)
    chosen = record.get("topicsShared", {}).get(topic.id)
    return bool(chosen) if chosen is not None else topic.shared and answer.value not in question.held


def _shown(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in ("lineId", "label", "text", "ownWords")}
