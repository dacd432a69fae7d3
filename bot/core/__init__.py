"""Decisions about the talk, pure Python: nothing here reads a network, a clock or a database."""
