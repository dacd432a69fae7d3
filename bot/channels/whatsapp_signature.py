"""Proves that a request comes from Meta: its signature over the raw bytes, and the token of the first handshake."""

import hashlib
import hmac
from collections.abc import Mapping

PREFIX = "sha256="


def sign(body: bytes, app_secret: str) -> str:
    """The value of `X-Hub-Signature-256` for these bytes.

    Source: developers.facebook.com/docs/graph-api/webhooks/getting-started (seen August 2026).
    """
    return PREFIX + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, signature: str, app_secret: str) -> bool:
    """Whether the signature is Meta's, compared in constant time.

    Args:
        body: the bytes as they came: JSON that is written anew differs in accents and emoji.
    """
    return hmac.compare_digest(signature.encode("utf-8", "replace"), sign(body, app_secret).encode())


def challenge(query: Mapping[str, str], verify_token: str) -> str | None:
    """What Meta wants to hear when the webhook is registered, or None for who does not know the token."""
    known = query.get("hub.verify_token", "").encode("utf-8", "replace")
    is_right = hmac.compare_digest(known, verify_token.encode())
    return query.get("hub.challenge", "") if is_right and query.get("hub.mode") == "subscribe" else None
