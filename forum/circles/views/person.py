"""The way to somebody's own page."""

from __future__ import annotations

from flask import current_app, url_for


def person_url(public_id: str) -> str | None:
    """Somebody's own page, once the site has such pages."""
    if "accounts.person" not in current_app.view_functions:
        return None
    return url_for("accounts.person", public_id=public_id)
