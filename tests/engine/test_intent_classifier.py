"""The intent classifier scores one message as it learned from thousands."""

from typing import Any

import numpy as np
import pytest

from bot.core.context import Context

pytestmark = pytest.mark.slow


@pytest.fixture
def classifier(engine: Any) -> Any:
    """The trained component."""
    nodes = engine.agent.agent.processor.graph_runner._nodes
    return next(node._component for name, node in nodes.items() if "LinearIntentClassifier" in name)


@pytest.fixture
def seen(engine: Any, classifier: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The features of each message that this test lets the agent understand."""
    score, seen = classifier._scores, []
    monkeypatch.setattr(classifier, "_scores", lambda blocks: seen.append(blocks) or score(blocks))
    return seen


@pytest.mark.parametrize("text", ["kheb egt geen idee man", "ja", "?!", "a" * 500])
async def test_one_message_gets_the_scores_of_the_matrices_that_were_learned_from(
    engine: Any, classifier: Any, seen: list[Any], text: str
):
    await engine.agent.understand(text, Context("open", "wellbeing"))
    (blocks,) = seen

    learned = classifier._weighed(blocks) @ classifier.weights + classifier.bias
    assert np.allclose(classifier._scores(blocks), learned, atol=1e-4)
