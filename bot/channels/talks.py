"""What a channel of others asks of the gateway: conversations that a phone opens."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.core.heard import Heard
from bot.core.texts import Texts
from bot.store.phones import Phone, Sender

State = dict[str, Any]


class Talks(Protocol):
    """The talks of people who write from a phone."""

    async def find(self, sender: Sender) -> Phone | None:
        """The conversation of who writes from this phone, or None."""

    async def begin(self, sender: Sender) -> Phone:
        """A new conversation for this phone."""

    async def move_in(self, sender: Sender, code: str) -> tuple[Phone, State] | None:
        """Go on here with a talk of our own page; None for a wrong code."""

    async def heard(self, phone: Phone, sender: Sender) -> None:
        """Note that its person wrote just now, and what the provider calls them by now."""

    async def forget(self, sender: Sender) -> None:
        """Let this phone open nothing any more."""

    async def is_consented(self, phone: Phone | None) -> bool:
        """Whether the person said yes to keeping what they say."""

    async def keepable(self, phone: Phone, words: str) -> str | None:
        """These words as they may reach a disk after the first yes, numbers masked; None where they may not."""

    def screen(self, phone: Phone) -> Mapping[str, Any]:
        """What stands on the screen of this phone, as `show` was told before the first yes; empty when it was not."""

    async def show(self, phone: Phone, screen: Mapping[str, Any]) -> None:
        """Hold what stands on the screen of a phone, where no disk may have it: it would tell what was said."""

    async def help_for(self, words: str) -> list[str]:
        """Whom to call, if these words are a clear cry for help; no database takes part."""

    async def look(self, phone: Phone) -> State:
        """The state as it is now; `messages` are replies to what was kept while no engine answered."""

    async def hear(self, phone: Phone, heard: Heard, message_id: str, is_new: bool) -> State:
        """Take one turn: the state, with the bot's new messages."""

    async def note(self, phone: Phone, key: str, beside: str | None, is_new: bool) -> State:
        """Say something about what cannot be read here, and ask again; words beside it may be a cry for help."""

    async def link(self, phone: Phone) -> str:
        """The address of our own page for this conversation, for once."""

    def texts(self) -> Texts:
        """The bot's sentences as this channel says them now."""
