"""Addresses of accounts, and how those of an archive's authors are kept."""

from __future__ import annotations

from forum.core import seal
from forum.core.addresses import BadAddress, normal

__all__ = ["BadAddress", "claim_digest", "normal"]


def claim_digest(address: str) -> str:
    """How an imported author's address is kept: enough to recognise it, never shown."""
    return seal.keyed_digest("claim", address.strip().lower())
