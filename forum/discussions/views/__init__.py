"""Pages of discussions. One blueprint; a file for each kind of page."""

from flask import Blueprint

bp = Blueprint("discussions", __name__)

from forum.discussions.views import drafting, order, reading, saved, spaces, writing  # noqa: E402

__all__ = ["bp", "drafting", "order", "reading", "saved", "spaces", "writing"]
