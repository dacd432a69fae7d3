"""Tells the person, once, that a page was read, with the line that came back."""

import asyncio
from typing import Any

from bot.web.gateway import Gateway
from bot.web.opening import reopen
from bot.web.talks import Draft, Message, Opened

TOLD = "readTold"  # how much of a page's news was told
Known = dict[str, dict[str, Any]]


async def tell(gateway: Gateway, opened: Opened) -> tuple[Opened, list[Message]]:
    """Say what is new since the last call; while help is waited for, later.

    Returns:
        The conversation as it is then, and the new messages: one for each page with news.

    Raises:
        LostRace, ConversationUnknown, DatabaseDown: nothing was said.
    """
    mine = opened.record.get("shares", ())
    if not mine or opened.help:
        return opened, []
    known = await asyncio.to_thread(gateway.store.shares.readings.of, mine)
    if not any(_is_news(share, known) for share in mine):
        return opened, []
    draft = Draft(gateway, opened)
    for share in draft.record["shares"]:
        if _is_news(share, known):
            _say(draft, known[share["shareId"]])
            share[TOLD] = known[share["shareId"]]["news"]
    await draft.commit()
    return await reopen(gateway, opened), draft.unit.messages


def _is_news(share: dict[str, Any], known: Known) -> bool:
    return bool(known.get(share["shareId"], {}).get("news", 0) > share.get(TOLD, 0))


def _say(draft: Draft, reading: dict[str, Any]) -> None:
    reader = reading["readBy"] or draft.texts.get("utter_reader_unknown").text
    if reading["readLine"]:
        draft.bot("utter_share_read_line", reader=reader, line=reading["readLine"])
    else:
        draft.bot("utter_share_read", reader=reader)
