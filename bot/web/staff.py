"""Who may invite people: staff, by one key that the municipality sets."""

import hmac
from hashlib import sha256

from aiohttp import web

from bot.web.auth import token_of
from bot.web.errors import PageUnknown, StaffKeyWrong, TokenMissing
from bot.web.gateway import GATEWAY, Gateway
from bot.web.limits import address_of


def check(request: web.Request) -> Gateway:
    """Let staff pass; the right key always does, whatever a neighbour guesses.

    Raises:
        PageUnknown: inviting is off, and nothing tells that it could be on.
        StaffKeyWrong: no key, or another one.
        TooMany: wrong keys came too often from this address.
    """
    gateway = request.app[GATEWAY]
    if not gateway.settings.staff_key:
        raise PageUnknown
    try:
        given = token_of(request)
    except TokenMissing:
        raise StaffKeyWrong from None
    if not hmac.compare_digest(_hashed(given), _hashed(gateway.settings.staff_key)):
        address = address_of(request, gateway.settings.trusted_proxies)
        gateway.staff.strike(address)
        gateway.staff.check(address)
        raise StaffKeyWrong
    return gateway


def _hashed(key: str) -> bytes:
    # of one length, so that not even that is told by the time it takes
    return sha256(key.encode("utf-8", "surrogatepass")).digest()
