"""What is watched, and as which stage; one line for each function."""

from typing import Any

from benchmarks.stages.stopwatch import Stopwatch

OUTERMOST = "HTTP and gateway"
# In the order in which a turn passes them.
STAGES = (
    OUTERMOST,
    "masking",
    "embedding",
    "safety net",
    "other senses",
    "socket to the engine",
    "NLU: words and letters",
    "NLU: intent",
    "tracker",
    "policy",
    "actions",
    "Rasa around them",
    "encryption",
    "database: reading",
    "database: writing",
)


def watch_all(watch: Stopwatch, agent: Any) -> None:
    """Watch all functions below.

    Args:
        agent: the loaded agent, of whose graph each node is watched.
    """
    for owner, name, stage in (*_gateway(), *_engine(agent), *_store()):
        watch.watch(owner, name, stage)
    nodes = agent.agent.processor.graph_runner._nodes
    for name, node in nodes.items():
        watch.watch(node, "_fn", _of_node(name))


def _gateway() -> tuple[tuple[Any, str, str], ...]:
    from bot.sense import safety, sensing
    from bot.sense.embedding import Embedder
    from bot.web.engine_client import EngineClient

    return (
        (sensing.Sense, "sense", "other senses"),
        (sensing, "mask", "masking"),
        (Embedder, "vector", "embedding"),
        (safety, "read", "safety net"),
        (EngineClient, "turn", "socket to the engine"),
    )


def _engine(agent: Any) -> tuple[tuple[Any, str, str], ...]:
    from rasa.shared.core.trackers import DialogueStateTracker

    return (
        (agent, "take", "Rasa around them"),
        (agent, "understand", "Rasa around them"),
        (agent.agent.action_endpoint, "request", "actions"),
        (DialogueStateTracker, "copy", "tracker"),
        (DialogueStateTracker, "past_states", "tracker"),
        (agent.agent.tracker_store, "retrieve", "tracker"),
    )


def _store() -> tuple[tuple[Any, str, str], ...]:
    from bot.store import crypto
    from bot.store.store import Store

    return (
        (Store, "unlock", "database: reading"),
        (Store, "load", "database: reading"),
        (Store, "reply", "database: reading"),
        (Store, "commit", "database: writing"),
        (crypto, "seal", "encryption"),
        (crypto, "unseal", "encryption"),
    )


def _of_node(name: str) -> str:
    if "Policy" in name or "prediction" in name or "provider" in name:
        return "policy"
    return "NLU: intent" if "Classifier" in name else "NLU: words and letters"
