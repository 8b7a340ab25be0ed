"""The frame of private spaces, also for what goes wrong there: no name of the reader, a neutral
title, ways out, and headers that keep the page out of caches and away from robots.

A page draws it by having a `place` with a space; here is what does so besides. An error knows only
its address. So whatever is not known to be of a circle gets the frame: then it is the same for
what one must not know and for what is not there.
"""

from __future__ import annotations

import re

from flask import g, request
from flask_babel import LazyString

from forum.core import links
from forum.core.db import db, is_hushed
from forum.core.i18n import _l
from forum.models.discussions import Post, Topic
from forum.models.spaces import Space
from forum.policy import visible
from forum.web import arrival

_SPACE = re.compile(r"/s/(?P<it>[a-z0-9]{12})(?:/|$)")
_TALK = re.compile(r"/(?P<kind>[tp])/(?P<it>[a-z0-9]{12})(?:/|$)")
_DOOR = re.compile(r"/c/(?P<slug>[^/]+)/space$")


def draw() -> None:
    """Give this page the frame."""
    g.veiled = True


def draw_where_asked() -> None:
    """Give a page of help the frame when the address says that one comes out of a frame.

    What the address says is the same for every space, and for none.
    """
    if request.args.get("quiet") == "1":
        draw()


def is_drawn() -> bool:
    """Whether this page has it, or has opened what is sealed."""
    return bool(g.get("veiled")) or is_hushed()


def draw_for_error(status: int) -> None:
    """Give an error page the frame, unless it is of a circle or says that nothing is there.

    A guest may be a member who was signed out meanwhile, with what they had typed.
    """
    g.veiled = status != 404 and (is_hushed() or _may_be_private(status))


def ways_back() -> list[tuple[LazyString, str]]:
    """From an error page in the frame, as far as the address tells."""
    if space := _SPACE.match(request.path):
        return [(_l("Back to the private space"), links.space(space["it"]))]
    if talk := _TALK.match(request.path):
        return [(_l("Back to the conversation"), links.post(talk["it"]))]
    return []


def own_page() -> str | None:
    """Where in the space of this request a member finds what its moderators have said to them."""
    space = _SPACE.match(request.path)
    public_id = space["it"] if space else _space_of_post()
    return f"{links.space(public_id)}/mine#told" if public_id else None


def _may_be_private(status: int) -> bool:
    if _SPACE.match(request.path) or _DOOR.match(request.path):
        return True
    talk = _TALK.match(request.path)
    return talk is not None and (status == 401 or not _is_of_a_circle(talk["kind"], talk["it"]))


def _is_of_a_circle(kind: str, public_id: str) -> bool:
    """Whether the reader may see it there. When that can't be found out: no."""
    scope, table = (visible.topics, Topic) if kind == "t" else (visible.posts, Post)
    try:
        query = scope(arrival.viewer(), table.id).where(table.public_id == public_id)
        return db.session.execute(query).first() is not None
    except Exception:  # noqa: BLE001 - whatever it was, it must not take the error page with it
        db.session.rollback()
        return False


def _space_of_post() -> str | None:
    talk = _TALK.match(request.path)
    if talk is None:
        return None
    query = visible.space_posts(arrival.viewer(), Space.public_id)
    found: str | None = db.session.execute(query.where(Post.public_id == talk["it"])).scalar()
    return found
