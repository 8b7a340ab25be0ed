"""Pages of discussions. One blueprint; a file for each kind of page."""

from flask import Blueprint

bp = Blueprint("discussions", __name__)

from forum.discussions.views import (  # noqa: E402
    attaching,
    drafting,
    feeds,
    following,
    narrowing,
    order,
    reading,
    saved,
    saying,
    spaces,
    writing,
)

__all__ = [
    "attaching",
    "bp",
    "drafting",
    "feeds",
    "following",
    "narrowing",
    "order",
    "reading",
    "saved",
    "saying",
    "spaces",
    "writing",
]
