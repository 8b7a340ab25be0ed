"""Which family a browser is of, and on what: enough for its owner to know it again, and no more."""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""What each says of itself, in this order: most of them say the names of others too."""
SYSTEMS: Mapping[str, str] = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def family(user_agent: str) -> str | None:
    """Such as "Firefox/Android", whatever its version; None for what we do not know."""
    browser, system = (_first(known, user_agent) for known in (FAMILIES, SYSTEMS))
    return f"{browser}/{system}" if browser and system else None


def _first(known: Mapping[str, str], user_agent: str) -> str | None:
    return next((name for mark, name in known.items() if mark in user_agent), None)
