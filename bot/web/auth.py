"""Who speaks: the bearer token of a request."""

from aiohttp import web

from bot.web.errors import TokenMissing


def token_of(request: web.Request) -> str:
    """The token in the Authorization header.

    Raises:
        TokenMissing: no header, or another scheme.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenMissing
    return token.strip()
