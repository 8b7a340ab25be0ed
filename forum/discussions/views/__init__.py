"""Pages of discussions. One blueprint; a file for each kind of page."""

from flask import Blueprint

bp = Blueprint("discussions", __name__)

from forum.discussions.views import drafting, feeds, narrowing, order, reading, spaces, writing  # noqa: E402

__all__ = ["bp", "drafting", "feeds", "narrowing", "order", "reading", "spaces", "writing"]
