"""Conversations are held with the trained agent."""

from tests.talkers import Person, begun, content, engine, person, sense, store

__all__ = ["Person", "begun", "content", "engine", "person", "sense", "store"]
