"""The page that the contact person reads in a minute: what is shared, in the order of a talk, and what follows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import yaml

from bot.core.hours import AMSTERDAM, DAY_NAMES
from bot.core.moments import MONTHS
from bot.core.questionnaire import CONTENT, Questionnaire
from bot.core.talk import Talk
from bot.core.texts import Texts

Section = Mapping[str, Any]
Table = Mapping[str, Any]
OWN = "own"  # in the place of a value, where own words were written
LONG = "long"  # the sentence for own words that are not said again
STEM = 5  # letters by which two forms of a Dutch word are taken for the same


@dataclass(frozen=True)
class Seen:
    """A line that the contact person may read, and the value that was tapped for it, if it was."""

    line: Mapping[str, Any]
    topic: str
    title: str
    value: str | None

    @property
    def id(self) -> str:
        """The line's id, which is its question's."""
        return str(self.line["lineId"])


def build(
    record: Mapping[str, Any], sections: Sequence[Section], questionnaire: Questionnaire, texts: Texts
) -> dict[str, Any]:
    """The page as the contact person reads it, of these sections and nothing else.

    Args:
        record: the conversation's record; its invitation says for which meeting, its answers which value a line has.
        sections: what is shared, as `summary.visible` gives it.

    Returns:
        `{"title", "meeting": {"title", "facts", "lines"}, "blocks", "questions", "openers", "agreed", "foot"}`.
        Every line of the sections stands in it once. A block is `{"id", "title", "groups"}`, a group the lines of one
        topic. `agreed` holds the titles of the empty boxes: one for each of both.
    """
    titles, seen = texts.raw("utter_page").lines, list(_seen(record, sections))
    return {
        "title": texts.raw("utter_page").text,
        "meeting": _meeting(record.get("invitation") or {}, seen, titles),
        "blocks": [_block(one["id"], titles, seen, questionnaire) for one in _rules()["blocks"]],
        "questions": {"title": titles["questions"], "items": _made("questions", seen, texts)},
        "openers": {"title": titles["openers"], "items": _made("openers", seen, texts)},
        "agreed": [titles["agreed"], titles["agreed_copy"]],
        "foot": texts.raw("utter_page_foot").text.splitlines(),
    }


def of_old(sections: Sequence[Section], questionnaire: Questionnaire, texts: Texts) -> dict[str, Any]:
    """The page of a share from before there was a briefing: its lines, and nothing that the person did not see."""
    page = build({}, sections, questionnaire, texts)
    return page | {name: {**page[name], "items": []} for name in ("questions", "openers")}


def shared_on(at: str, texts: Texts) -> str:
    """When a page was shared, as a sentence.

    Args:
        at: ISO 8601 with offset.
    """
    return _moment(datetime.fromisoformat(at), texts.raw("utter_page").lines["shared"])


@cache
def _rules() -> Table:
    read: Table = yaml.load((CONTENT / "briefing.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return read


def _seen(record: Mapping[str, Any], sections: Iterable[Section]) -> Iterator[Seen]:
    talk = Talk(record.get("tracker", {}).get("slots", {}))
    for section in sections:
        for line in section["lines"]:
            answer = talk.answer(line["lineId"])
            value = answer.value if answer and not line.get("ownWords") else None
            yield Seen(line, section["topic"], section["title"], value)


# --- for which meeting, and the lines ---------------------------------------------------------------------------------


def _facts(invitation: Mapping[str, Any], titles: Mapping[str, str]) -> list[dict[str, str]]:
    at = invitation.get("meetingAt")
    told = {
        "moment": _moment(datetime.fromisoformat(at), titles["at"]) if at else None,
        "contact": invitation.get("contactName"),
        "reference": invitation.get("reference"),
    }
    return [{"label": titles[name], "text": text} for name, text in told.items() if text]


def _moment(at: datetime, form: str) -> str:
    here = at.astimezone(AMSTERDAM)
    names = {"day": DAY_NAMES[here.weekday()], "month": MONTHS[here.month - 1]}
    return form.format(number=here.day, year=here.year, time=here.strftime("%H.%M"), **names)


def _meeting(invitation: Mapping[str, Any], seen: Sequence[Seen], titles: Mapping[str, str]) -> dict[str, Any]:
    order = _rules()["meeting"]
    lines = sorted((one for one in seen if one.id in order), key=lambda one: order.index(one.id))
    shown = [_line(one) | _note(one, titles) for one in lines]
    return {"title": titles["meeting"], "facts": _facts(invitation, titles), "lines": shown}


def _note(one: Seen, titles: Mapping[str, str]) -> dict[str, str]:
    name = _rules()["notes"].get(one.id)
    return {"note": titles[name]} if name and one.value != "no" else {}


def _block(name: str, titles: Mapping[str, str], seen: Iterable[Seen], questionnaire: Questionnaire) -> dict[str, Any]:
    lines = [one for one in seen if one.id not in _rules()["meeting"] and _place(one, questionnaire) == name]
    asked = list(questionnaire.questions)
    lines.sort(key=lambda one: asked.index(one.id) if one.id in asked else len(asked))
    groups: dict[str, dict[str, Any]] = {}
    for one in lines:
        group = groups.setdefault(one.topic, {"topic": one.topic, "title": one.title, "lines": []})
        group["lines"].append(_line(one))
    return {"id": name, "title": titles[name], "groups": list(groups.values())}


def _place(one: Seen, questionnaire: Questionnaire) -> str:
    """The block of a line."""
    moved = _rules()["moved"].get(one.id, {}).get(one.value)
    if moved:
        return str(moved)
    question = questionnaire.questions.get(one.id)
    part = question.part if question else ""
    takers = (b["id"] for b in _rules()["blocks"] if one.topic in b.get("topics", ()) or part in b.get("parts", ()))
    return str(next(takers, "consider"))


def _line(one: Seen) -> dict[str, Any]:
    return {**one.line, "label": "" if one.id in _rules()["bare"] else one.line["label"]}


# --- questions and openers --------------------------------------------------------------------------------------------


def _made(kind: str, seen: Sequence[Seen], texts: Texts) -> list[dict[str, str]]:
    """At most three sentences, each of another line and about something else."""
    avoided = _avoided(seen)
    by_id = {one.id: one for one in seen}
    made: dict[str, dict[str, str]] = {}
    for rule in _rules()[kind]:
        one = by_id.get(rule["line"])
        text = one and _sentence(kind, one, rule["text"], texts)
        if one and text and not avoided(one, text):
            subject = rule.get("about", {}).get(one.value or OWN, one.id)
            made.setdefault(subject, {"lineId": one.id, "label": one.line["label"], "text": text})
    return list(made.values())[: _rules()["most"]]


def _sentence(kind: str, one: Seen, key: str, texts: Texts) -> str | None:
    lines, words = texts.raw(key).lines, one.line["text"]
    if one.value is not None:
        return lines.get(one.value)
    if LONG not in lines or not one.line.get("ownWords") or re.match(_rules()["empty"], words, re.IGNORECASE):
        return None
    return texts.get(key, words=_tidy(words)).text if _is_said_again(kind, words) else lines[LONG]


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip("“”\"' ")


def _is_said_again(kind: str, words: str) -> bool:
    is_heavy = kind == "openers" and re.search(_rules()["unquoted"], words, re.IGNORECASE)
    is_plain = not re.search(_rules()["masked"], words) and all(map(_is_latin, filter(str.isalpha, words)))
    return len(words) <= _rules()["quoted"] and is_plain and not is_heavy


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


class _Avoided:
    """What the person would rather not talk about, as far as that is on the page."""

    def __init__(self, topics: frozenset[str], words: str) -> None:
        self._topics = topics
        self._words = re.compile(words, re.IGNORECASE) if words else None

    def __call__(self, one: Seen, sentence: str) -> bool:
        """Whether a sentence made of this line would be about it."""
        said = f"{one.line['text']} {sentence}"
        return one.topic in self._topics or bool(self._words and self._words.search(said))


def _avoided(seen: Iterable[Seen]) -> _Avoided:
    wish = next((one for one in seen if one.id == "meeting_avoid"), None)
    if wish is None or wish.value == "nothing":
        return _Avoided(frozenset(), "")
    table = _rules()["avoid"]
    if wish.value is not None:
        named = [table[wish.value]] if wish.value in table else []
        words = []
    else:
        named = [rule for rule in table.values() if re.search(rule["words"], wish.line["text"], re.IGNORECASE)]
        words = [rf"\b{word[:STEM]}" for word in _telling(wish.line["text"])]
    topics = frozenset(topic for rule in named for topic in rule["topics"])
    return _Avoided(topics, "|".join([*(rule["words"] for rule in named), *words]))


def _telling(text: str) -> list[str]:
    """The words of a text that say what it is about."""
    common = set(_rules()["common"].split())
    return [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= STEM and word not in common]
