"""Answers what cannot be read as HTTP: with a problem, and without the bytes that came.

aiohttp does so before any middleware, and repeats the bytes it stumbled over in its answer and in the log. They may be
what somebody typed, or a token.
"""

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.web import errors, problems
from bot.web.middlewares import FIXED

log = structlog.get_logger()

HEADERS = {**FIXED, "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}


def install() -> None:
    """Let aiohttp answer in our words, in every server of this process."""
    RequestHandler.handle_error = _answer  # type: ignore[method-assign]  # it has no setting for this


def _answer(
    self: RequestHandler,
    request: web.BaseRequest,
    status: int = 500,
    exc: BaseException | None = None,
    message: str | None = None,
) -> web.StreamResponse:
    log.warning("unparsed", status=status, error=type(exc).__name__)
    if request.writer.output_size > 0:
        raise ConnectionError("an answer was begun already")
    trouble = errors.BodyBroken() if status < 500 else exc if isinstance(exc, Exception) else TimeoutError()
    response = problems.respond(trouble)
    response.headers.update(HEADERS)
    response.force_close()
    return response
