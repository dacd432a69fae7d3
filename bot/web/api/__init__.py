"""The handlers of `/v1`, one file per kind of thing."""
