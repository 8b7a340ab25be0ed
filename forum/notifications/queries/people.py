"""Looking up whom one may name in a circle."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_

from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.accounts import NAME_CHARS, User
from forum.models.circles import Circle
from forum.policy import limits, visible
from forum.policy.viewer import Viewer

MOST_FOUND = 8


class Named(NamedTuple):
    """Somebody by name, and by what to write after the @."""

    name: str
    handle: str


def people_to_name(viewer: Viewer, slug: str, beginning: str) -> list[Named]:
    """At most eight people of a circle whose name or handle begins so, by name.

    Nobody for whoever is no member of it: only members write there, and the directory of its people
    holds those alone who want to be found. NotThere for a circle whose discussions are not theirs
    to read. TooOften. Two statements.
    """
    limits.spend(limits.PEOPLE, viewer)
    here = visible.circles(viewer, Circle.id).where(Circle.slug == slug)
    circle_id = db.session.execute(here).scalar()
    if circle_id is None:
        raise NotThere
    if not viewer.circle(circle_id):
        return []
    query = visible.mentionable(viewer, circle_id, User.name, User.handle)
    query = query.where(User.handle.is_not(None), User.id != viewer.user_id)
    return found_by(query, beginning)


def found_by(query: Select[Any], beginning: str) -> list[Named]:
    """At most eight of the people of a query whose name or handle begins so, by name."""
    beginning = beginning.strip()
    if not beginning or len(beginning) > NAME_CHARS:
        return []
    query = query.where(
        or_(
            User.handle.startswith(beginning.lower(), autoescape=True),
            func.lower(User.name).startswith(beginning.lower(), autoescape=True),
            User.name.startswith(beginning.title(), autoescape=True),
        )
    )
    rows = db.session.execute(query.order_by(User.name, User.handle).limit(MOST_FOUND))
    return [Named(row.name, row.handle) for row in rows]
