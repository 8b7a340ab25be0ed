"""Pages about accounts. One blueprint; a file for each subject."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from forum.accounts.views import (  # noqa: E402
    claiming,
    going,
    joining,
    moving,
    new_password,
    profiles,
    settings,
    signing_in,
)

__all__ = [
    "bp",
    "claiming",
    "going",
    "joining",
    "moving",
    "new_password",
    "profiles",
    "settings",
    "signing_in",
]
