"""Logs each yes and no with its time and the version of the text that asked for it (AVG, article 7, paragraph 1)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.core.talk import Talk
from bot.core.texts import INVITED, Texts

ASKED = {"consent": "utter_ask_consent", "remember": "utter_ask_remember", "health_consent": "utter_ask_health_consent"}
ASKED |= {"numbers": "utter_ask_numbers"}
SHARE = "utter_ask_share"
SHARE_LINES = "utter_ask_share_lines"  # stands where a page of its own is made
LINE = "utter_line_health"  # stands where a line of the page is edited
IN_OTHER_WORDS = ("utter_ask_consent_again", "utter_ask_health_words")


def changed(before: Talk, after: Talk) -> Iterator[tuple[str, bool, str]]:
    """Every consent that a turn gave, refused or took back: its name, whether it is a yes, and the key of its text.

    Sharing is logged where it is done: the same yes may be given for one page after another.
    """
    for name, key in ASKED.items():
        answer = after.answer(name)
        if answer and answer.value and answer != before.answer(name):
            yield name, answer.value.endswith("_yes"), _asked(name, key, before)
    words = before.slots.get("health_words")
    if words and not after.slots.get("health_words") and not after.said("health_consent", "health_yes"):
        yield "health_consent", False, "utter_ask_health_words"


def of_sharing(lines: Sequence[str] | None, to: str | None) -> str:
    """The key of the text that asked for a yes to sharing.

    Args:
        lines: of a page of its own.
        to: the contact person who gets an e-mail.
    """
    if lines is not None:
        return SHARE_LINES
    return SHARE if to is None else INVITED[SHARE]


def entry(name: str, given: bool, key: str, texts: Texts, at: str) -> Mapping[str, Any]:
    """One line of the log.

    Args:
        key: of the text that asked; its version is kept in `bot/content/consent_texts.yml`.
        at: ISO time.
    """
    return {"name": name, "given": given, "textVersion": version(texts.raw(key).text), "at": at}


def version(text: str) -> str:
    """A short mark of a text's exact words."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _asked(name: str, key: str, before: Talk) -> str:
    """The text that really asked: words about health, and keeping after a no, are asked about in words of their own."""
    if name == "health_consent" and before.slots.get("health_words"):
        return "utter_ask_health_words"
    return "utter_ask_consent_again" if name == "consent" and before.said("consent", "consent_no") else key
