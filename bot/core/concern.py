"""What the conversation's record keeps of doubtful cries: the warm question that waits, and how many there were.

The record is encrypted with the conversation's key; neither ever leaves it.
"""

from typing import Any

# Once is a bad day and twice may be chance; the third doubtful cry of one conversation is answered as a clear one.
MOST = 2

WAITING: dict[str, Any] = {"signals": [], "words": None, "names": [], "stage": "concern"}


def ask(record: dict[str, Any]) -> None:
    """Note that the warm question waits, and count it."""
    record["help"] = dict(WAITING)
    record["concerns"] = record.get("concerns", 0) + 1


def is_once_too_often(record: dict[str, Any]) -> bool:
    """Whether the next doubtful cry must be answered as a clear one."""
    return int(record.get("concerns", 0)) >= MOST
