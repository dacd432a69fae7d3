"""One message of a person on its way through the gateway."""

from dataclasses import dataclass, replace

from bot.core.errors import MessageIdReused
from bot.store.values import Reply
from bot.web.gateway import Gateway
from bot.web.said import Said
from bot.web.talks import Draft, Opened, State


@dataclass(frozen=True)
class Turn:
    """A message together with the conversation it was said in."""

    gateway: Gateway
    opened: Opened
    said: Said

    @property
    def fingerprint(self) -> str:
        """The keyed mark of this message."""
        return self.said.fingerprint(self.opened.data_key)

    def draft(self) -> Draft:
        """A new answer by the gateway itself."""
        return Draft(self.gateway, self.opened)

    def having(self, opened: Opened) -> "Turn":
        """The same message in the conversation as it is now."""
        return replace(self, opened=opened)

    def first_reply(self) -> State | None:
        """The reply that this message got before, or None when it is new.

        Raises:
            MessageIdReused: the same id came with another body.
        """
        reply = self.opened.reply
        if reply is None:
            return None
        if reply.fingerprint != self.fingerprint:
            raise MessageIdReused
        return reply.state

    async def finish(self, draft: Draft, is_repeatable: bool = True) -> State:
        """Commit the answer; a repeat of this message will get it again.

        Raises:
            LostRace, ConversationUnknown, DatabaseDown: nothing was kept.
        """
        state = draft.state()
        message_id = self.said.message_id if is_repeatable else None
        await draft.commit(Reply(message_id, self.fingerprint, state) if message_id else None)
        return state
