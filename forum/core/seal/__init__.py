"""Keeping values that the database must not tell: keyed digests, sealed texts, wrapped keys."""

from forum.core.seal.digests import configure, keyed_digest, keyed_token, plain_digest
from forum.core.seal.keyring import (
    KEY_BYTES,
    Unopenable,
    configure_keys,
    key_count,
    key_number,
    unwrap,
    wrap,
    wrapped_with_newest,
)
from forum.core.seal.secrets import Secret

__all__ = [
    "KEY_BYTES",
    "Secret",
    "Unopenable",
    "configure",
    "configure_keys",
    "key_count",
    "key_number",
    "keyed_digest",
    "keyed_token",
    "plain_digest",
    "unwrap",
    "wrap",
    "wrapped_with_newest",
]
