"""One turn at a time within this process; between processes the row's version decides."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Locks:
    """A lock a conversation, gone when nobody holds or waits for it."""

    def __init__(self) -> None:
        """Start without locks."""
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def is_busy(self, conversation_id: str) -> bool:
        """Whether somebody holds the lock."""
        lock = self._locks.get(conversation_id)
        return lock is not None and lock.locked()

    @asynccontextmanager
    async def of(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for the turns that came before this one, in the order they came."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield
