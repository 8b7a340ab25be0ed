"""Going back to where somebody came from, inside this site only."""

from __future__ import annotations

from urllib.parse import urlsplit

_FORBIDDEN = frozenset("\\\r\n\t") | {chr(code) for code in range(32)}


def inside(target: str | None, otherwise: str = "/") -> str:
    """`target` when it is a path of this site, else `otherwise`: no open redirect (D7)."""
    if not target or len(target) > 2000 or not target.startswith("/") or target.startswith("//"):
        return otherwise
    if set(target) & _FORBIDDEN:
        return otherwise
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else otherwise
