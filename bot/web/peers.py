"""Lets what may not reach a disk follow its person from one gateway to another, so that nobody is sent to the same one.

Of each conversation one gateway has the say about what is held. Another one that needs it asks all at once, and has the
say from then on. A second gateway keeps a copy, for when the first is killed.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any
from zlib import crc32

from bot.store.envelopes import Envelopes, Letter
from bot.store.values import Document, Reply
from bot.web.errors import Busy
from bot.web.held import Held, Holding
from bot.web.locks import Locks
from bot.web.peer_line import PeerLine

# For a turn under way, which is about to change what is asked for; less than the other gateway waits for the answer.
TURN_SECONDS = 1.5
LOOK_SECONDS = 0.02
AT_ONCE = 16  # conversations on their way when a gateway stops
ALL = 2**62  # a version that no record reaches


class Peers:
    """What is held, shared with the other gateways; without any it is this gateway's own memory and nothing more."""

    def __init__(self, holding: Holding, locks: Locks, envelopes: Envelopes, line: PeerLine) -> None:
        """Share this memory over this line."""
        self._holding, self._locks, self._envelopes, self._line = holding, locks, envelopes, line
        self._asking: Counter[str] = Counter()
        self._beside: set[asyncio.Task[None]] = set()

    @property
    def are_none(self) -> bool:
        """Whether there is no other gateway to ask."""
        return self._line.is_alone

    async def fetch(self, conversation_id: str) -> None:
        """Take over what another gateway holds of a conversation; when none has a later state, ours is the one.

        Raises:
            Busy: another gateway is at work on this very conversation.
        """
        asked_at = self._holding.clock()
        self._asking[conversation_id] += 1
        try:
            answers = await self._line.ask_all({"ask": conversation_id})
        finally:
            self._asking[conversation_id] -= 1
            self._asking += Counter()  # drops what is zero
        for answer in answers:
            if answer.get("held"):
                held = Held.of_json(answer["held"], "taken")
                self._holding.take(conversation_id, held, asked_at - answer["seconds"])
        self._holding.own(conversation_id)

    async def keep(
        self,
        conversation_id: str,
        told: Mapping[str, Any] | None,
        reply: Reply | None = None,
        messages: tuple[Mapping[str, Any], ...] = (),
        version: int = 0,
    ) -> None:
        """Hold what a turn may not write, here and as a copy elsewhere; see `Holding.keep`."""
        was_held = self._holding.of(conversation_id).order != (0, 0)
        self._holding.keep(conversation_id, told, reply, messages, version)
        if told is not None:
            await self._copy(conversation_id)
        elif was_held and not self.are_none:
            self._go_on(self._tell_to_forget(conversation_id, version))

    async def show(self, conversation_id: str, screen: Mapping[str, Any]) -> None:
        """Hold what stands on the screen of a phone, here and as a copy elsewhere."""
        self._holding.show(conversation_id, screen)
        await self._copy(conversation_id)

    async def forget(self, conversation_id: str) -> None:
        """Let go of a conversation that is erased, everywhere."""
        self._holding.keep(conversation_id, None)
        await self._tell_to_forget(conversation_id, ALL)

    async def hand_over(self) -> None:
        """Give all that is held here to another gateway, because this one stops; what a turn changes now goes later."""
        if self.are_none:
            return
        slots = asyncio.Semaphore(AT_ONCE)
        quiet = [one for one in self._holding.owned() if not self._locks.is_busy(one)]
        await asyncio.gather(*(self._hand_over(one, slots) for one in quiet))

    async def close(self) -> None:
        """Finish what goes on beside the turns, and close the line."""
        if self._beside:
            await asyncio.wait(self._beside)
        await self._line.close()

    async def answer(self, sealed: bytes) -> bytes:
        """Do what another gateway asks.

        Raises:
            PeerUnknown: it is none of ours.
            Busy: what it asks for is about to be changed by a turn that does not end.
        """
        letter = self._envelopes.open(sealed)
        content = {"mine": True} if letter.content["by"] == self._line.name else await self._done(letter)
        return self._envelopes.answer(letter, content)

    async def _done(self, letter: Letter) -> Document:
        content = letter.content
        if "ask" in content:
            return await self._lent(content["ask"], content["by"])
        if "forget" in content:
            self._holding.forget(content["forget"], content["version"])
            return {}
        held = Held.of_json(content["held"], content["whose"])
        self._holding.take(content["give"], held, self._holding.clock() - content["seconds"])
        return {}

    async def _lent(self, conversation_id: str, by: str) -> Document:
        end = self._holding.clock() + TURN_SECONDS
        while self._locks.is_busy(conversation_id) and not self._yields(conversation_id, by):
            if self._holding.clock() > end:
                raise Busy
            await asyncio.sleep(LOOK_SECONDS)
        return self._parted(conversation_id)

    def _yields(self, conversation_id: str, by: str) -> bool:
        """Whether two gateways ask each other, and this is the one of them that waits for the other's turn."""
        return self._asking[conversation_id] > 0 and by < self._line.name

    def _parted(self, conversation_id: str) -> Document:
        lent = self._holding.lend(conversation_id)
        return {"held": lent[0].json(), "seconds": lent[1]} if lent else {}

    async def _copy(self, conversation_id: str) -> None:
        held = self._holding.of(conversation_id)
        copy = {"give": conversation_id, "held": held.json(), "seconds": 0.0, "whose": "spare"}
        await self._line.give(copy, crc32(conversation_id.encode()))

    async def _hand_over(self, conversation_id: str, slots: asyncio.Semaphore) -> None:
        async with slots:
            given = {"give": conversation_id, **self._parted(conversation_id), "whose": "taken"}
            if "held" in given and not await self._line.give(given, crc32(conversation_id.encode()), is_patient=True):
                self._holding.own(conversation_id)

    async def _tell_to_forget(self, conversation_id: str, version: int) -> None:
        with suppress(Busy):
            await self._line.ask_all({"forget": conversation_id, "version": version})

    def _go_on(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
