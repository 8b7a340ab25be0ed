"""Pages about where people work. One blueprint; a file for each subject."""

from flask import Blueprint

bp = Blueprint("employments", __name__)

from forum.employments.views import mine, proving, staff, vouching  # noqa: E402

__all__ = ["bp", "mine", "proving", "staff", "vouching"]
