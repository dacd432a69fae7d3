"""Seals bytes and JSON so that only the right key, in the right place, opens them."""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_pwhash_scryptsalsa208sha256_ll as scrypt

from bot.core.errors import VoorgesprekError

KEY_BYTES = 32
SALT_BYTES = 16
# AES-GCM's own nonce length (NIST SP 800-38D, 5.2.1.1); random ones are safe below 2**32 seals a key.
NONCE_BYTES = 12
# OWASP asks n=2**17 where a chosen password is all there is. Here n=2**14 (30 ms) is enough: a share's salt is
# its 128-bit id, and a resume code has 53 random bits: trying them all takes eight million years of one core.
SCRYPT_COST = 2**14
SCRYPT_BLOCK = 8
SCRYPT_MEMORY = 2**26
# The bot's sentences are fixed, so a length would tell which one was said, a cry for help included.
PAGE_BYTES = 1024


class SealBroken(VoorgesprekError):
    """The key does not fit, the seal belongs to another place, or somebody changed it."""


def seal(key: bytes, plain: bytes, *place: str | int) -> bytes:
    """Encrypts bytes with AES-256-GCM, bound to the place where they will be kept.

    Args:
        key: 32 bytes.
        place: names and numbers (table, conversation, seq) that `unseal` must repeat.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(place))


def unseal(key: bytes, sealed: bytes, *place: str | int) -> bytes:
    """Gives back what `seal` sealed with the same key for the same place.

    Raises:
        SealBroken: key, place or bytes differ.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(place))
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"cannot open {place[:1]}") from error


def seal_json(key: bytes, document: Any, *place: str | int) -> bytes:
    """Seals a JSON document, padded to whole pages of 1024 bytes so that its length tells little."""
    # ASCII escapes, because a lone surrogate is valid JSON input but cannot be written as UTF-8.
    plain = json.dumps(document, separators=(",", ":")).encode("ascii")
    pages = -(-len(plain) // PAGE_BYTES)
    return seal(key, plain.ljust(pages * PAGE_BYTES), *place)


def unseal_json(key: bytes, sealed: bytes, *place: str | int) -> Any:
    """Gives back the document that `seal_json` sealed.

    Raises:
        SealBroken: key, place or bytes differ.
    """
    return json.loads(unseal(key, sealed, *place))


def key_from_token(token: str, salt: bytes) -> bytes:
    """Derives the 32-byte inner key of a bearer token (HKDF: a token is already 256 random bits)."""
    return HKDF(SHA256(), KEY_BYTES, salt, b"voorgesprek token").derive(_encoded(token))


def key_from_code(code: str, salt: bytes, cost: int) -> bytes:
    """Derives a 32-byte key from digits, slowly (scrypt), because digits can be guessed.

    Args:
        cost: scrypt's n, a power of two; kept beside what it locked, so that it can be raised later.
    """
    return scrypt(_encoded(code), salt, cost, SCRYPT_BLOCK, 1, KEY_BYTES, SCRYPT_MEMORY)


def derived(slow_key: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """Derives one 32-byte key of several out of a key that was slow to make, so that it need not be made twice."""
    return HKDF(SHA256(), KEY_BYTES, salt, f"voorgesprek {purpose}".encode("ascii")).derive(slow_key)


def lookup_hash(key: bytes, text: str) -> bytes:
    """Turns text into 32 bytes to look it up by, which tell nothing without the key."""
    return hmac.digest(key, _encoded(text), "sha256")


def plain_hash(secret: str) -> bytes:
    """Hashes a secret of 128 random bits or more (tokens, share ids), which needs no salt."""
    return hashlib.sha256(_encoded(secret)).digest()


def _encoded(text: str) -> bytes:
    # People's input may hold half an emoji, which plain UTF-8 refuses.
    return text.encode("utf-8", "surrogatepass")


def _bound(place: tuple[str | int, ...]) -> bytes:
    return json.dumps(place).encode("ascii")
