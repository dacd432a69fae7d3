"""Runs the model's graph in an order that is worked out once for each question asked of it.

Rasa's own runner makes a new graph for dask at every call, four times a turn; that costs more than most nodes do.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

Plan = list[tuple[str, GraphNode, list[str]]]  # each node's name, the node, and the names of what it needs


class PlannedGraphRunner(GraphRunner):  # type: ignore[misc]  # rasa has no types
    """Runs the nodes one after another; the drop-in for `DaskGraphRunner`."""

    def __init__(self, schema: GraphSchema, nodes: Mapping[str, GraphNode]) -> None:
        """Run these nodes along their schema."""
        self._schema, self._nodes = schema, nodes
        self._plans: dict[tuple[str, ...], Plan] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> "PlannedGraphRunner":
        """Load every node, as Rasa asks of a runner."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """Run what the targets need.

        Args:
            inputs: values for the graph's placeholders, such as the message.
            targets: names of nodes; without any, the schema's own.

        Returns:
            The outputs of the targets.

        Raises:
            GraphRunError: an input has the name of a node.
        """
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        found: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        if not found.keys().isdisjoint(self._nodes):
            raise GraphRunError("an input has the name of a node")
        for name, node, needs in self._plans[wanted]:
            found[name] = node(*[found.get(need, need) for need in needs])
        return dict(found[name] for name in wanted)

    def _plan(self, targets: Sequence[str]) -> Plan:
        schema = self._schema.minimal_graph_schema(list(targets)).nodes
        planned: dict[str, None] = {}

        def visit(name: str) -> None:
            if name in schema and name not in planned:
                for need in schema[name].needs.values():
                    visit(need)
                planned[name] = None

        for target in targets:
            visit(target)
        return [(name, self._nodes[name], list(schema[name].needs.values())) for name in planned]
