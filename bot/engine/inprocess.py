"""Runs the custom actions in the engine's own process, where Rasa would call an action server over HTTP."""

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.engine import turn


class InProcessActions(EndpointConfig):  # type: ignore[misc]  # rasa has no types
    """An action endpoint that is no server: `request` runs the action."""

    def __init__(self, executor: ActionExecutor) -> None:
        """Run the actions registered with this executor."""
        super().__init__(url="inprocess://actions")
        self.executor = executor

    async def request(self, *args: Any, json: Any = None, **kwargs: Any) -> Any:
        """Run the action that Rasa asks for.

        Raises:
            ClientResponseError: the action rejected to run, or does not exist; Rasa knows these by status.
        """
        try:
            return await self.executor.run(json)
        except ActionExecutionRejection as rejected:
            raise ClientResponseError(400, "rejected", _body(rejected.action_name)) from rejected
        except ActionNotFoundException as unknown:
            turn.current.get().failure = unknown
            raise ClientResponseError(404, "unknown action", _body(unknown.action_name)) from unknown
        except Exception as failure:  # Rasa swallows it and goes on; the tracker store refuses to save such a turn
            turn.current.get().failure = failure
            raise


def executor() -> ActionExecutor:
    """An executor with all actions of the package `actions`."""
    registered = ActionExecutor()
    registered.register_package("actions")
    return registered


def _body(action: str) -> str:
    return json.dumps({"action_name": action, "error": "see the engine's log"})
