"""Kills gateway, engines and database at random moments while people talk, and counts what was lost."""
