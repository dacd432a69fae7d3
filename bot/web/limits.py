"""Limits on how much one address or one conversation may ask, kept in memory only."""

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import web

from bot.core.errors import ResumeLocked
from bot.core.recent import Buckets, Recent
from bot.setting_values import Network
from bot.web.errors import TooMany

MINUTE = 60.0
REMEMBERED = 50_000  # addresses or conversations; the one that was quiet longest is forgotten first
RESUME_STRIKES = 10  # wrong resume codes from one address
STAFF_STRIKES = 10  # wrong staff keys from one address
SHARE_STRIKES = 100  # wrong share codes from one address: all contact persons of a municipality may share it
STRIKES_WITHIN = 15 * MINUTE
Clock = Callable[[], float]


class Rate(Buckets[str]):
    """A bucket a key, filled evenly; a full one lets a whole minute's worth pass at once."""

    def __init__(self, per_minute: int, clock: Clock = time.monotonic) -> None:
        """Limit each key to `per_minute` requests; 0 limits nothing."""
        self.per_minute = per_minute
        super().__init__(per_minute, MINUTE / per_minute if per_minute else 0.0, REMEMBERED, clock)

    def take(self, key: str) -> None:
        """Count one request.

        Raises:
            TooMany: the bucket of this key is empty.
        """
        seconds = self.wait(key) if self.per_minute else 0
        if seconds:
            raise TooMany(math.ceil(seconds))


class Strikes:
    """Wrong codes an address; the right one always passes, so that nobody pays for a neighbour's guesses."""

    def __init__(self, most: int, locked: type[ResumeLocked | TooMany], clock: Clock = time.monotonic) -> None:
        """Start with no address struck.

        Args:
            most: wrong codes within a quarter of an hour.
            locked: what is raised after that.
        """
        self._most, self._locked = most, locked
        self._clock = clock
        self._times: Recent[str, deque[float]] = Recent(REMEMBERED)

    def check(self, address: str) -> None:
        """Refuse an address that was wrong too often.

        Raises:
            ResumeLocked, TooMany: with the seconds until its oldest mistake is forgotten.
        """
        times = self._recent(address)
        if len(times) > self._most:
            raise self._locked(math.ceil(times[0] + STRIKES_WITHIN - self._clock()))

    def forgive(self, address: str) -> None:
        """Take back the last strike: the code was right."""
        if self._recent(address):
            self._times[address].pop()

    def strike(self, address: str) -> None:
        """Count a code before it is tried, so that a hundred tries at once are counted too."""
        times = self._recent(address)
        times.append(self._clock())
        self._times[address] = times

    def _recent(self, address: str) -> deque[float]:
        times = self._times.get(address, deque(maxlen=self._most + 1))  # more would only take memory
        while times and times[0] <= self._clock() - STRIKES_WITHIN:
            times.popleft()
        return times


def address_of(request: web.Request, trusted: Sequence[Network]) -> str:
    """The address a request comes from: the last one that is not a trusted proxy.

    Args:
        trusted: networks whose X-Forwarded-For is believed; from others the header is a claim.

    Returns:
        The address; of IPv6 its /64, because one subscriber has all of it.
    """
    claimed = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    path = [*filter(None, (part.strip() for part in claimed)), request.remote or ""]
    while len(path) > 1 and _is_within(path[-1], trusted):
        path.pop()
    return _network_of(path[-1])


def caller(request: web.Request) -> str:
    """A mark of who speaks in which conversation: of the token only a hash is remembered."""
    header = request.headers.get("Authorization", "")
    return request.match_info["conversationId"] + hashlib.sha256(header.encode("utf-8", "replace")).hexdigest()


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    found = _parse(address)
    return found is not None and any(found in network for network in networks)


def _network_of(address: str) -> str:
    found = _parse(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found or "unknown")


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
