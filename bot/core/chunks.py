"""Puts together what comes in pieces, up to a limit."""

from collections.abc import AsyncIterable


async def joined(chunks: AsyncIterable[bytes], most: int, too_large: type[Exception]) -> bytes:
    """The pieces as one.

    Args:
        most: bytes; no more than that and one piece is ever in memory.
        too_large: raised when there are more.
    """
    whole = bytearray()
    async for chunk in chunks:
        whole += chunk
        if len(whole) > most:
            raise too_large
    return bytes(whole)
