"""The intent classifier scores one message as it learned from thousands."""

import asyncio
from typing import Any

import numpy as np
import pytest

from bot.core.context import Context
from bot.sense.embedding import DIMENSION, Embedder

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


def test_the_engine_looks_at_its_health_without_the_encoder(engine: Any, monkeypatch: pytest.MonkeyPatch):
    from bot.engine import server

    assert len(server.NO_MEANING) == DIMENSION
    monkeypatch.setattr(Embedder, "vector", lambda *_: pytest.fail("the encoder was asked for"))
    assert asyncio.run(engine.health(None)).status == 200
