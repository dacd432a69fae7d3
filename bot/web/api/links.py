"""The address of a shared page, as a link and as a QR code."""

from io import BytesIO
from typing import Any

import segno

from bot.web.gateway import Gateway


def link(gateway: Gateway, share_id: str) -> str:
    """The page that the contact person opens; it asks for the code, which is never in an address."""
    return f"{gateway.settings.public_url}/s/{share_id}"


def with_link(gateway: Gateway, state: dict[str, Any]) -> dict[str, Any]:
    """A state whose share, if there is one, has its address and QR code."""
    if not state.get("share"):
        return state
    return state | {"share": shared(gateway, state["share"])}


def shared(gateway: Gateway, share: dict[str, Any]) -> dict[str, Any]:
    """A new share as the API gives it."""
    url = link(gateway, share["shareId"])
    return share | {"url": url, "qr": _qr(url)}


def _qr(url: str) -> str:
    # in the answer instead of at an address of its own: an address would end up in logs
    picture = BytesIO()
    segno.make(url, error="m").save(picture, kind="svg", scale=4, xmldecl=False, svgns=True)
    return picture.getvalue().decode().strip()
