"""Pages about circles themselves; their discussions are in the discussions room."""

from flask import Blueprint

bp = Blueprint("circles", __name__)

from forum.circles.views import circle, door, invitations, people  # noqa: E402

__all__ = ["bp", "circle", "door", "invitations", "people"]
