"""The description of the API, written by hand in `openapi.yml` and served as JSON."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from bot.settings import Settings

FILE = Path(__file__).parent.parent / "openapi.yml"
DOCUMENT = web.AppKey("openapi", bytes)


def document(settings: Settings) -> bytes:
    """The document as JSON, with the address where people reach this server."""
    described = described_here() | {"servers": [{"url": settings.public_url}]}
    return json.dumps(described, ensure_ascii=False).encode()


@cache
def described_here() -> dict[str, Any]:
    """The document as it is written; nobody may change it."""
    read: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return read


async def read(request: web.Request) -> web.Response:
    """GET /v1/openapi.json: for everyone, also for tools on other sites."""
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return web.Response(body=request.app[DOCUMENT], content_type="application/json", headers=headers)
