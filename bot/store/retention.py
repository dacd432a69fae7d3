"""How long and how much is kept."""

from datetime import timedelta

# Source: the design's storage contract: 30 days after the last word a conversation and its shares go.
RETENTION_DAYS = 30
RETENTION = timedelta(days=RETENTION_DAYS)
# A screen shows no more than this after a reload, so no more is kept.
LAST_MESSAGES = 50
# A repeated request comes within seconds or never; 50 turns are hours.
LAST_REPLIES = 50
