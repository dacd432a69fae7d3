"""The trained Rasa agent, embedded: its tracker store, its actions in the same process, its private turn server."""
