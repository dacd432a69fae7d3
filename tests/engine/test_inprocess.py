"""Actions in the engine's own process give what an action server would give."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.talkers import Person

pytestmark = pytest.mark.slow

# every custom action at least once, with and without words
TALK = ("why", "example", "explain", "human", "skip", "back", "repeat", "pause", "resume", "change:wellbeing_week")
PAGE = ("summary", "share_summary", "share_yes", "stop_sharing", "goodbye", "resume", "erase", "erase_no")


@pytest.fixture
def results(engine: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the actions of this test's turns gave to Rasa."""
    executor = engine.agent.agent.action_endpoint.executor
    run, given = executor.run, []

    async def kept(call: dict[str, Any]) -> Any:
        given.append(await run(call))
        return given[-1]

    monkeypatch.setattr(executor, "run", kept)
    return given


def test_what_actions_give_passes_the_check_that_we_leave_out(begun: Person, results: list[dict[str, Any]]):
    from rasa.core.actions.action import RemoteAction

    begun.types("ging wel, veel gewandeld").taps(*TALK, *PAGE)

    check = Draft202012Validator(RemoteAction.action_response_format_spec())
    assert len(results) > len(TALK + PAGE)
    assert [error.message for result in results for error in check.iter_errors(result)] == []


def test_every_action_of_the_domain_is_registered(engine: Any):
    wanted = {name for name in engine.agent.agent.domain.user_actions if name.startswith(("action_", "validate_"))}

    assert wanted <= set(engine.agent.agent.action_endpoint.executor.actions)
    assert "action_explain" in wanted
