"""Keyed digests: values the site must recognise again but must not hold.

The key never lives in the database, so a stolen database cannot be asked "is this address known?".
"""

from __future__ import annotations

import base64
import hashlib
import hmac

_secret: list[bytes] = []


def configure(secret: str) -> None:
    """Set the site's secret, once, when the application is built."""
    _secret[:] = [secret.encode()]


def keyed_digest(purpose: str, value: str) -> str:
    """HMAC-SHA-256 (RFC 2104) of a value, 64 hex characters; each purpose has its own key."""
    key = hmac.digest(_secret[0], purpose.encode(), hashlib.sha256)
    return hmac.new(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def plain_digest(token: str) -> str:
    """SHA-256 of a random 256-bit token, 64 hex characters. Only for values too long to guess."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_token(purpose: str, value: str) -> str:
    """A 256-bit token for a link, 43 URL-safe characters, derived so that it need not be stored."""
    digest = bytes.fromhex(keyed_digest(purpose, value))
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
