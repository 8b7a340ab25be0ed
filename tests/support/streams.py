"""Randomness that a test can repeat: each act draws from a stream named after it.

What one act draws doesn't move what another draws, so two sites in which the same act happened gave
it the same ids, keys and nonces, whatever else happened in one of them.

    streams = install(monkeypatch)
    streams.name("Ana's third post")
"""

import random

import pytest

from forum.accounts import handles
from forum.accounts.actions import signing_in
from forum.core import ids
from forum.core.seal import keyring
from forum.core.seal import secrets as sealing
from forum.discussions.forms import writing
from forum.spaces import actions as spaces


class Streams:
    """Stands where the forum's modules expect `secrets` and `os`."""

    def __init__(self) -> None:
        self.name("the beginning")

    def name(self, stream: str) -> None:
        """From now on this stream, from its start."""
        self._drawn = random.Random(stream)

    def choice(self, among: str) -> str:
        return self._drawn.choice(among)

    def randbits(self, bits: int) -> int:
        return self._drawn.getrandbits(bits)

    def randbelow(self, end: int) -> int:
        return self._drawn.randrange(end)

    def token_bytes(self, size: int) -> bytes:
        return self._drawn.randbytes(size)

    urandom = token_bytes

    def token_urlsafe(self, size: int) -> str:
        return self._drawn.randbytes(size).hex()


def install(monkeypatch: pytest.MonkeyPatch) -> Streams:
    """Have all ids, keys and nonces of this test drawn from streams."""
    streams = Streams()
    for module in (ids, spaces, writing, handles):
        monkeypatch.setattr(module, "secrets", streams)
    for module in (keyring, sealing):
        monkeypatch.setattr(module, "os", streams)
    monkeypatch.setattr(signing_in, "secrets", streams)
    monkeypatch.setattr(ids, "_last", {})
    return streams
