"""Tells who waits that something changed on the desk."""

import asyncio


class News:
    """How many changes there were, and who waits for the next."""

    def __init__(self) -> None:
        """Nothing happened yet."""
        self.changes = 0
        self._changed = asyncio.Event()

    def tell(self) -> None:
        """Something changed."""
        self.changes += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, after: int, seconds: float) -> None:
        """Wait until there were more changes than `after`, or until the time is up."""
        if self.changes > after:
            return
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return
