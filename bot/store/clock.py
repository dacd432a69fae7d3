"""Times are aware and in UTC everywhere; this is where they come from."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Gives the present moment in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime, timespec: str = "milliseconds") -> str:
    """Writes a moment as the API does: ISO-8601, UTC, ending in Z; times of pages and consents to the second."""
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")
