"""The approved templates, as Meta keeps them: their words with numbered gaps, and their buttons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.channels.whatsapp_phone_errors import (
    REQUIRED,
    TEMPLATE_COUNT,
    TEMPLATE_UNKNOWN,
    TEMPLATE_WORDS,
    VALUE,
    Refused,
)
from bot.settings import WhatsAppSettings

WORDS = Path(__file__).parent / "phone_page" / "templates.yml"
GAP = re.compile(r"\{\{(\d+)\}\}")
# Not in one line, or more than four spaces: what Meta refuses in a gap.
BROKEN = re.compile(r"[\n\t]| {5}")
PAYLOAD = 128  # characters
Body = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """One approved template.

    Args:
        language: its code at Meta.
        words: with gaps, as `{{1}}`.
        buttons: the words of its quick replies.
    """

    language: str
    words: str
    buttons: tuple[str, ...] = ()

    @staticmethod
    def of(templates: Mapping[str, "Template"], name: str, language: Any) -> "Template":
        """The template with this name in this language.

        Raises:
            Refused: it was never approved.
        """
        found = templates.get(name)
        if found is None or found.language != language:
            raise Refused(TEMPLATE_UNKNOWN, f"template name ({name}) does not exist in {language}")
        return found

    def fill(self, components: Any) -> tuple[str, list[Body]]:
        """The words without gaps, and the buttons with the payload of each.

        Raises:
            Refused: the components do not fit.
        """
        by_type = _by_type(components)
        texts = [_text(one) for one in by_type.get("body", {}).get("parameters", [])]
        expected = len(set(GAP.findall(self.words)))
        if len(texts) != expected:
            raise Refused(TEMPLATE_COUNT, f"body: number of params ({len(texts)}) does not match ({expected})")
        words = GAP.sub(lambda gap: texts[int(gap[1]) - 1], self.words)
        return words, [
            {"id": self._payload(by_type, number), "title": title} for number, title in enumerate(self.buttons)
        ]

    def _payload(self, by_type: Mapping[str, Body], number: int) -> str:
        parameters = by_type.get(f"button{number}", {}).get("parameters", [])
        if not parameters:
            return self.buttons[number]  # Meta gives the words of the button then
        payload = parameters[0].get("payload")
        if parameters[0].get("type") != "payload" or not isinstance(payload, str) or not 0 < len(payload) <= PAYLOAD:
            raise Refused(VALUE, f"button at index {number} must have a payload of 1 to {PAYLOAD} characters")
        return payload


def approved(settings: WhatsAppSettings) -> dict[str, Template]:
    """Our templates, by the names that these settings give them."""
    known = yaml.safe_load(WORDS.read_text("utf-8"))
    names = {"invite": settings.template_invite, "remind": settings.template_remind, "go_on": settings.template_go_on}
    return {
        names[key]: Template(one["language"], one["words"].strip(), tuple(one["buttons"])) for key, one in known.items()
    }


def _by_type(components: Any) -> dict[str, Body]:
    if not isinstance(components, list) or not all(isinstance(one, dict) for one in components):
        raise Refused(VALUE, "components must be a list of objects")
    found = {}
    for one in components:
        kind = str(one.get("type")).lower()
        if kind not in ("body", "button") or not isinstance(one.get("parameters", []), list):
            raise Refused(VALUE, f"component {kind} is not part of this template")
        found[kind if kind == "body" else f"button{one.get('index')}"] = one
    return found


def _text(parameter: Any) -> str:
    text = parameter.get("text") if isinstance(parameter, dict) else None
    if not isinstance(text, str) or parameter.get("type") != "text" or not text:
        raise Refused(REQUIRED, "Parameter of type text is missing text value.")
    if BROKEN.search(text):
        raise Refused(
            TEMPLATE_WORDS, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        )
    return text
