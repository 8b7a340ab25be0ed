"""The keys that live outside the database, and what is wrapped by them.

A wrapped secret names the key it was wrapped with, so that several keys can be in use while an
old one is being replaced. Without its key a wrap is noise; without the wrap the key opens nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from forum.core.errors import ForumError
from forum.core.i18n import _l

KEY_BYTES = 32
_NAME_BYTES = 8
_NONCE_BYTES = 12

_keys: dict[bytes, AESGCM] = {}
"""By name, newest first."""


class Unopenable(ForumError):
    """A key is missing, wrong or damaged. What it protects is still there, but cannot be read."""

    status = 503
    sentence = _l("This can't be opened right now. Nothing is lost; please try again later.")


def configure_keys(keys: Sequence[bytes]) -> None:
    """Set the wrapping keys, newest first, 32 bytes each. ValueError for one of another length."""
    if any(len(key) != KEY_BYTES for key in keys):
        raise ValueError(f"a wrapping key has {KEY_BYTES} bytes")
    _keys.clear()
    _keys.update((name_of(key), AESGCM(key)) for key in keys)


def key_count() -> int:
    """How many different keys are configured."""
    return len(_keys)


def name_of(key: bytes) -> bytes:
    """Eight bytes that tell a key from others without telling the key."""
    return hashlib.blake2b(key, digest_size=_NAME_BYTES, person=b"key name").digest()


def wrap(secret: bytes, context: str) -> bytes:
    """A secret under the newest key, bound to its context, e.g. "topic:<id>".

    Key name (8 bytes), nonce (12), then AES-256-GCM (RFC 5116) of the secret. Unopenable without
    a key.
    """
    for name, key in _keys.items():
        nonce = os.urandom(_NONCE_BYTES)
        return name + nonce + key.encrypt(nonce, secret, context.encode())
    raise Unopenable


def unwrap(wrapped: bytes, context: str) -> bytes:
    """What was wrapped in this context. Unopenable when its key is not here or it was changed."""
    key = _keys.get(wrapped[:_NAME_BYTES])
    body = wrapped[_NAME_BYTES:]
    if key is None:
        raise Unopenable
    try:
        return key.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        raise Unopenable from None


def wrapped_with_newest(wrapped: bytes) -> bool:
    """False when an older key, or one that is not here, wrapped it."""
    return key_number(wrapped) == 0


def key_number(wrapped: bytes) -> int | None:
    """Which configured key it names, 0 for the newest. None when that key is not here.

    A name is not a proof: whether it opens, only `unwrap` tells.
    """
    name = wrapped[:_NAME_BYTES]
    return list(_keys).index(name) if name in _keys else None
