"""How much is kept, and for how long what is not a talk; `bot/core/terms.py` says how long a talk lives."""

from datetime import timedelta

# A screen shows no more than this after a reload, so no more is kept.
LAST_MESSAGES = 50
# A repeated request comes within seconds or never; 50 turns are hours.
LAST_REPLIES = 50
# Source: Algemene wet bestuursrecht, article 9:8 (1b): a complaint may be about what happened up to a year ago.
AUDIT_DAYS = 366
AUDIT = timedelta(days=AUDIT_DAYS)
# A key without its talk, or a talk without its key, younger than this may be half way being made or erased.
HALF_WAY = timedelta(hours=1)
# Source: Meta delivers a message again for up to 7 days; answers come within 24 hours or not at all, because after that
# only approved templates may be sent (developers.facebook.com, WhatsApp, webhooks and customer service windows).
REPEATS = timedelta(days=7)
LATE = timedelta(hours=24)
# A turn takes milliseconds, and one behind a hung engine 20 seconds: then another process may take it.
LEASE = timedelta(minutes=1)
# Every step of SMTP may take 20 seconds and there are a dozen: then another process may send it.
MAIL_LEASE = timedelta(minutes=10)
# A one-time link lies in a chat that others may read: long enough to tap it, and no longer.
LINK = timedelta(minutes=15)
