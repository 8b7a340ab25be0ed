"""One random secret and what is derived from it: keys for each purpose, digests, sealed texts."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from forum.core.seal.keyring import Unopenable

SECRET_BYTES = 32
_NONCE_BYTES = 12
_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Secret:
    """256 random bits. Whoever has them can open what was sealed with them, nobody else."""

    raw: bytes = field(repr=False)
    _ciphers: dict[str, AESGCM] = field(default_factory=dict, init=False, repr=False, compare=False)
    _digesting: dict[str, bytes] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if len(self.raw) != SECRET_BYTES:
            raise ValueError(f"a secret has {SECRET_BYTES} bytes")

    @classmethod
    def new(cls) -> Secret:
        return cls(os.urandom(SECRET_BYTES))

    def digest(self, purpose: str, value: bytes) -> bytes:
        """HMAC-SHA-256 (RFC 2104), 32 bytes; digests of different purposes cannot be compared."""
        key = self._digesting.get(purpose)
        if key is None:
            key = self._digesting[purpose] = self._key("digest", purpose)
        return hmac.digest(key, value, "sha256")

    def seal(self, purpose: str, row_id: int, data: bytes, pad_to: int = 64) -> bytes:
        """Data that only this secret opens, for this purpose and this row.

        Nonce (12 bytes), then AES-256-GCM (RFC 5116) of length, data and zeros up to a multiple of
        `pad_to` bytes, with the row's id as associated data.
        """
        inner = len(data).to_bytes(_LENGTH_BYTES, "big") + data
        inner += bytes(-len(inner) % pad_to)
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher(purpose).encrypt(nonce, inner, _bound_to(row_id))

    def open(self, purpose: str, row_id: int, sealed: bytes) -> bytes:
        """What was sealed. Unopenable when it is another secret, purpose or row, or was changed."""
        try:
            nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            inner = self._cipher(purpose).decrypt(nonce, body, _bound_to(row_id))
        except (InvalidTag, ValueError):
            raise Unopenable from None
        length = int.from_bytes(inner[:_LENGTH_BYTES], "big")
        return inner[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def _cipher(self, purpose: str) -> AESGCM:
        """Kept, as a page opens a hundred texts of one topic."""
        cipher = self._ciphers.get(purpose)
        if cipher is None:
            cipher = self._ciphers[purpose] = AESGCM(self._key("seal", purpose))
        return cipher

    def _key(self, use: str, purpose: str) -> bytes:
        """A key for one use and purpose: what a digest shows tells nothing of a sealing key."""
        return hmac.digest(self.raw, f"{use}\0{purpose}".encode(), "sha256")


def _bound_to(row_id: int) -> bytes:
    return row_id.to_bytes(8, "big")
