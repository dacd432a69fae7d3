"""What other gateways of ours ask; there only where others were named."""

from aiohttp import web

from bot.core.chunks import joined
from bot.web.errors import TooLarge
from bot.web.gateway import GATEWAY
from bot.web.peer_line import PATH

LARGEST = 1024 * 1024  # bytes; the longest talk that may not be written yet takes some 200 kB


def routes() -> list[web.RouteDef]:
    """The address that other gateways call."""
    return [web.post(PATH, exchange)]


async def exchange(request: web.Request) -> web.Response:
    """POST /peer/held: hand over what is held of a conversation, take it over, or let go of it.

    Raises:
        PeerUnknown: it is no gateway of ours who asks.
        Busy: a turn is about to change what is asked for.
    """
    # The application's own limit is that of a person's message.
    sealed = await joined(request.content.iter_any(), LARGEST, TooLarge)
    answer = await request.app[GATEWAY].peers.answer(sealed)
    return web.Response(body=answer, content_type="application/octet-stream")
