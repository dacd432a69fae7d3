"""Rasa graph components of our own, one per file."""
