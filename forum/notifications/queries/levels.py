"""How somebody follows a place, for the page that lets them choose."""

from __future__ import annotations

from dataclasses import dataclass

from forum.core import links
from forum.models.notifications import Level, Why


@dataclass(frozen=True, slots=True)
class Follow:
    """The present level and how it came about."""

    level: Level
    why: str
    """A Why, "circle" where the circle's level counts, or "" for the usual one."""
    url: str
    """Where another level is sent to."""
    of_circle: bool


def of_topic(
    public_id: str, level: Level | None, why: Why | None, circle_level: Level | None
) -> Follow:
    """Of a topic, from its row with `visible.LEVELS`."""
    url = f"{links.topic(public_id)}/watch"
    if level is not None:
        return Follow(level, why or "", url, False)
    if circle_level is not None:
        return Follow(circle_level, "circle", url, False)
    return Follow(Level.NORMAL, "", url, False)


def of_circle(slug: str, level: Level | None) -> Follow:
    """Of a circle, from its row with `visible.CIRCLE_LEVEL`."""
    why = Why.CHOSEN if level else ""
    return Follow(level or Level.NORMAL, why, f"{links.circle(slug)}/watch", True)
