"""Pages of discussions. One blueprint; a file for each kind of page."""

from flask import Blueprint

bp = Blueprint("discussions", __name__)

from forum.discussions.views import attaching, drafting, order, reading, spaces, writing  # noqa: E402

__all__ = ["attaching", "bp", "drafting", "order", "reading", "spaces", "writing"]
