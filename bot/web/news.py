"""What happened to the person's card and pages since they were here last, each told once."""

from bot.web import cards, guessed, receipts
from bot.web.gateway import Gateway
from bot.web.talks import Message, Opened


async def tell(gateway: Gateway, opened: Opened) -> tuple[Opened, list[Message]]:
    """Say it, now that the person is back; while help is waited for, later.

    Returns:
        The conversation as it is then, and the new messages.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: something of it was not said.
    """
    said: list[Message] = []
    for of in (guessed, cards, receipts):
        opened, more = await of.tell(gateway, opened)
        said += more
    return opened, said
