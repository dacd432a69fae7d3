"""Rasa's tracker store: saving the tracker is committing the turn."""

from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

from bot.core.route import Route
from bot.core.talk import Talk
from bot.engine import turn
from bot.engine.reply import commit
from bot.engine.snapshot import snapshot_of, tracker_from


class TurnTrackerStore(TrackerStore):  # type: ignore[misc]  # rasa has no types
    """Reads the tracker from the turn's record and commits the turn when Rasa saves."""

    def __init__(self, domain: Any, route: Route, facts: Any) -> None:
        """Keep no tracker: every turn brings its own.

        Args:
            facts: a function that gives the placeholders' values for this moment.
        """
        super().__init__(domain, None)
        self.route, self.facts = route, facts

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """The tracker as the last turn left it."""
        snapshot = turn.current.get().unit.record["tracker"]
        waiting = self.route.waiting(Talk(snapshot["slots"])).id
        return tracker_from(sender_id, snapshot, self.facts(), waiting, self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Commit the turn.

        Raises:
            ActionFailed: an action raised, so nothing of this turn may be kept.
            LostRace, ConversationUnknown, DatabaseDown: as `UnitOfWork.commit` says.
        """
        now = turn.current.get()
        if now.failure:
            raise turn.ActionFailed from now.failure
        await commit(now, snapshot_of(tracker, self.facts()), self.route)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker:
        """The same: there is no longer history than the snapshot."""
        return await self.retrieve(conversation_id)

    async def keys(self) -> Iterable[str]:
        """No list of conversations is given to Rasa."""
        return []
