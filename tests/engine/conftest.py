"""The engine is tested whole, with the trained agent, as far as it concerns Rasa."""

from typing import Any

import pytest

from tests.talkers import begun, content, engine, person, sense, store

__all__ = ["begun", "content", "engine", "person", "sense", "store"]


@pytest.fixture
def actions(engine: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The registered actions by name, to replace or remove for one test."""
    executor = engine.agent.agent.action_endpoint.executor
    monkeypatch.setattr(executor, "actions", dict(executor.actions))
    registered: dict[str, Any] = executor.actions
    return registered
