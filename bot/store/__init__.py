"""The only place with SQLAlchemy and with keys: what people said, unreadable at rest."""
