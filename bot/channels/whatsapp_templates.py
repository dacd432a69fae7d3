"""The three approved templates; Meta keeps their words, and none of them says why the person has a meeting."""

from datetime import date
from typing import Any

from bot.channels.whatsapp_reading import GO_ON
from bot.core.moments import day_in_words
from bot.settings import WhatsAppSettings

LANGUAGE = {"code": "nl"}
Body = dict[str, Any]


def go_on(settings: WhatsAppSettings) -> Body:
    """Asks whether somebody wants to go on, when they wrote more than a day ago."""
    button = {"type": "button", "sub_type": "quick_reply", "index": "0"}
    components = [{**button, "parameters": [{"type": "payload", "payload": GO_ON}]}]
    return _template(settings.template_go_on, components)


def invite(name: str, contact: str, day: date, address: str) -> Body:
    """Invites somebody in the name of their contact person, or reminds them.

    Args:
        name: of the template: the invitation or the reminder.
        contact: as the person knows them, "mevrouw De Vries".
        day: of the meeting.
        address: of our own page.
    """
    words = [{"type": "text", "text": text} for text in (contact, day_in_words(day), address)]
    return _template(name, [{"type": "body", "parameters": words}])


def _template(name: str, components: list[Body]) -> Body:
    return {"type": "template", "template": {"name": name, "language": LANGUAGE, "components": components}}
