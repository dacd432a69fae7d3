"""Times are aware and in UTC everywhere; this is where they come from."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Gives the present moment in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """Writes a moment as the API does: ISO-8601, UTC, milliseconds, ending in Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
