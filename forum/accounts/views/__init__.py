"""Pages about accounts. One blueprint; a file for each subject."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from forum.accounts.views import (  # noqa: E402
    claiming,
    joining,
    new_password,
    settings,
    signing_in,
)

__all__ = ["bp", "claiming", "joining", "new_password", "settings", "signing_in"]
