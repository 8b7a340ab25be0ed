"""Which function gives the context of each kind of letter: the one dictionary of all rooms."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from forum.accounts import letters as accounts
from forum.employments import letters as employments
from forum.mail.delivery import Carrier
from forum.mail.render import ContextOf
from forum.spaces import letters as spaces

CONTEXTS: Mapping[str, ContextOf] = {
    **accounts.CONTEXTS,
    **employments.CONTEXTS,
    **spaces.CONTEXTS,
}


def carrier(app: Flask) -> Carrier:
    """How this site's letters are read and delivered."""
    return Carrier(
        site_name=app.config["SITE_NAME"],
        site_url=app.config["SITE_URL"],
        contexts=CONTEXTS,
        shows_letters=bool(app.config.get("DEVELOPMENT")),
    )
