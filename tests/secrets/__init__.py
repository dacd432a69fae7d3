"""Secrets planted in everything that a served bot takes in, and looked for in everything that it leaves behind."""
