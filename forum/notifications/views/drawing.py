"""The menu of levels, drawn as a pattern: it stands on every topic page, in few kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_wtf.csrf import generate_csrf

from forum.core.markup import as_markup
from forum.notifications.queries import Follow
from forum.web.patterns import Pattern, gap


class _Kind(NamedTuple):
    level: str
    why: str
    of_circle: bool


def follow_menu(follow: Follow | None, next_url: str) -> Any:
    """As HTML; nothing without a level. Choosing another leads to `next_url`."""
    if follow is None:
        return ""
    kind = _Kind(follow.level, follow.why, follow.of_circle)
    values = {"url": follow.url, "next": next_url, "csrf_token": generate_csrf()}
    (drawn,) = _MENU.fill([(kind, values)])
    return as_markup(drawn)


def _context(kind: _Kind) -> Mapping[str, Any]:
    return {
        "kind": kind,
        "url": gap("url"),
        "next": gap("next"),
        "csrf_token": lambda: gap("csrf_token"),
    }


_MENU = Pattern("notifications/_follow.html", _context)
