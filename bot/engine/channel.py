"""Collects what Rasa says in a turn, whole: the text, its buttons and the key of the response."""

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.engine import turn


class TurnChannel(OutputChannel):  # type: ignore[misc]  # rasa has no types
    """Rasa's output goes to the turn that runs now."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa's events."""
        return "voorgesprek"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message; `reply.py` shows it."""
        turn.current.get().said.append(message)


class WhatsAppChannel(TurnChannel):
    """The same, where Rasa takes the responses of `domain.yml` that say `channel: whatsapp`."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in `domain.yml`."""
        return "whatsapp"


CHANNELS: Mapping[str, type[TurnChannel]] = {"web": TurnChannel, "whatsapp": WhatsAppChannel}
