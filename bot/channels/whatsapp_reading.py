"""Turns what came from a phone into what the talk understands: words, a choice, or something that only gets a note."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.whatsapp_payloads import Incoming
from bot.core.choices import AGAIN, CHANGE, INTENTS, plain
from bot.core.heard import Heard
from bot.core.talk import TOPICS, topics_value

# Whole messages only: inside a sentence the same word may be an answer.
COMMANDS = {
    "back": "vorige, terug, vorige vraag, ga terug",
    "skip": "sla over, overslaan, sla deze vraag over, volgende vraag",
    "explain": "leg uit, uitleg",
    "example": "voorbeeld, geef een voorbeeld",
    "why": "waarom, waarom vraagt u dit",
    "pause": "stop, stoppen, pauze",
    "summary": "mijn pagina, pagina",
    "human": "mens, een mens, ik wil een mens",
    "erase": "wissen, alles wissen, wis alles",
    "link": "nieuwe link, link, een nieuwe link",
}
LINK = "link"
GO_ON = "go_on"  # the payload of the button under the template that invites to go on
NOTES = {
    "voice": "utter_whatsapp_voice",
    "media": "utter_whatsapp_media",
    "location": "utter_whatsapp_location",
    "contacts": "utter_whatsapp_contacts",
    "reaction": "utter_whatsapp_reaction",
    "edited": "utter_whatsapp_edited",
    "deleted": "utter_whatsapp_deleted",
    "forwarded": "utter_whatsapp_forwarded",
    "other": "utter_whatsapp_other",
    "system": "utter_whatsapp_other",
}
VOICE_AGAIN = "utter_whatsapp_voice_again"
CODE = "utter_whatsapp_code"
# A question that nobody saw is not explained: why it is asked elsewhere, is.
ABOUT_UNSEEN = ("explain", "why", "example")
WHY_ELSEWHERE = "utter_whatsapp_why_link"
NO_MORE = "stop, stoppen, stop ermee, nee, nee dank u, geen berichten meer, afmelden"
YES_NO = (2, 3)  # choices: "ja", "nee", and perhaps a third way
YES_OR_NO = (*AGAIN, "consent_yes", "consent_no")
RESUME_CODE = re.compile(r"\d{4}([ .-]?\d{4}){3}")
MOVE = re.compile(r"verder (?P<code>\d{4} ?\d{4})")
BETWEEN_NUMBERS = re.compile(r"[,.;+&)]| en ")
LONGEST_NUMBERS = 40  # characters: ten numbers with something between them
KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")  # what makes an emoji of a digit
SEPARATOR = "|"  # between the question and the value in a button's id


def read(message: Incoming, shown: Mapping[str, Any]) -> Heard:
    """What a message says where this stands on the screen.

    Args:
        shown: as `whatsapp_rendering.screen` made it, or `stale` where another question waits by now; `{}` before
            anything was shown.
    """
    is_words = message.kind == "text" or (message.kind == "media" and message.text)
    kind = "forwarded" if message.forwarded and is_words else message.kind
    if kind == "reply":
        return _tapped(message, shown)
    if kind == "voice" and shown.get("voices"):
        return Heard(note=VOICE_AGAIN)
    if kind == "media" and message.text:  # the picture stays closed, and its caption is what was typed
        return _typed(message.text, shown)
    if kind in NOTES:
        return Heard(note=NOTES[kind], beside=message.text)
    return _typed(message.text or "", shown)


def stale(shown: Mapping[str, Any], waiting: str) -> Mapping[str, Any]:
    """The screen where it is of an earlier question: its numbers and buttons answer nothing any more.

    Args:
        waiting: the id of the question that waits now, by which the talk may have gone on elsewhere.
    """
    if shown.get("question") in (None, waiting):
        return shown
    return {**shown, "question": waiting, "choices": [], "unseen": False, "stale": True}


def move_code(message: Incoming) -> str | None:
    """The code of a talk on our own page that is to go on here, if this is one."""
    found = MOVE.fullmatch(plain(message.text or "")) if message.kind == "text" else None
    return found and found["code"].replace(" ", "")


def wants_no_more(message: Incoming) -> bool:
    """Whether this answers an invitation with: no more messages."""
    return plain(message.text or "") in NO_MORE.split(", ")


def is_bare_code(message: Incoming) -> bool:
    """Whether this is a code of our own page without the word that makes it one."""
    return message.kind == "text" and re.fullmatch(r"\d{4}[ .-]?\d{4}", (message.text or "").strip()) is not None


def button_id(question: str, value: str) -> str:
    """A button's id: it remembers which question it belongs to, because it can be tapped days later."""
    return question + SEPARATOR + value


def _tapped(message: Incoming, shown: Mapping[str, Any]) -> Heard:
    if message.reply == GO_ON:
        return Heard(choice="resume" if shown.get("question") == "paused" else "repeat")
    question, separator, value = (message.reply or "").partition(SEPARATOR)
    if not separator:  # not one of our buttons: a template's, or a forged one
        return _typed(message.text or "", shown)
    if question == shown.get("question", ""):
        return Heard(choice=value)
    if value in YES_OR_NO:
        return Heard(choice=value)  # a yes or no may be given anew at any moment
    is_same_again = shown.get("tapped") == message.reply
    is_command = value in INTENTS or not question
    return Heard(choice="repeat" if is_same_again or is_command else CHANGE + question)


def _typed(text: str, shown: Mapping[str, Any]) -> Heard:
    unseen, is_stale = bool(shown.get("unseen")), bool(shown.get("stale"))
    said = unicodedata.normalize("NFKC", text).translate(KEYCAP).strip()
    if RESUME_CODE.fullmatch(said):
        return Heard(note=CODE)
    choice = _written(said, shown.get("choices", ())) or _numbered(said, shown.get("choices", ())) or _command(said)
    if choice == LINK:
        return Heard(choice="repeat", wants_link=True)
    if unseen and choice in ABOUT_UNSEEN:
        return Heard(note=WHY_ELSEWHERE)
    return Heard(choice=choice) if choice else Heard(text=text, unseen=unseen or is_stale)


def _written(said: str, choices: Sequence[Mapping[str, str]]) -> str | None:
    """The choice whose words were typed, or what a bare yes or no means where those two are asked."""
    labels = [plain(choice["label"]) for choice in choices]
    if plain(said) in labels:
        return choices[labels.index(plain(said))]["value"]
    if len(labels) in YES_NO and plain(said) in ("ja", "nee"):
        firsts = [label.split(" ")[0] for label in labels[:2]]
        return choices[firsts.index(plain(said))]["value"] if firsts == ["ja", "nee"] else None
    return None


def _numbered(said: str, choices: Sequence[Mapping[str, str]]) -> str | None:
    """The choice with this number, counted from one; of a menu several topics may be picked at once."""
    numbers = _numbers(said)
    picked = [choices[number - 1]["value"] for number in numbers if 0 < number <= len(choices)]
    if len(picked) < len(numbers) or not picked:
        return None
    topics = [value.removeprefix(TOPICS) for value in picked if value.startswith(TOPICS)]
    if topics:
        return topics_value(dict.fromkeys(topics))
    return picked[0] if len(picked) == 1 else None


def _numbers(said: str) -> list[int]:
    """The numbers of a message that holds nothing else."""
    parts = BETWEEN_NUMBERS.sub(" ", said).split() if len(said) <= LONGEST_NUMBERS else []
    is_all = all(part.isdecimal() and len(part) <= 2 for part in parts)
    return [int(part) for part in parts] if is_all else []


def _command(said: str) -> str | None:
    return next((choice for choice, words in COMMANDS.items() if plain(said) in words.split(", ")), None)
