"""E-mail addresses that something may be sent to."""

import re

# Letters that need no quotes, and a host with a dot; no quoted names, no comments, no second address, no line's end.
# Source: RFC 5321, 4.5.3.1 for the lengths; the letters are those of RFC 5322's `atext`.
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
LONGEST = 254  # characters


def is_sendable(address: object) -> bool:
    """Whether this is one plain address."""
    return isinstance(address, str) and len(address) <= LONGEST and ADDRESS.fullmatch(address) is not None
