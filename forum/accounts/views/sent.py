"""The page after a link was asked for, and whose name its letter carries."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, render_template, session

from forum.core.i18n import _


def mail_domain() -> str:
    """The domain of Message-IDs: the site's own host name."""
    return urlsplit(current_app.config["SITE_URL"]).hostname or "localhost"


def sent(sentence: str, again_url: str) -> str:
    """The page after a link was asked for: the same for every address."""
    return render_template(
        "accounts/sent.html",
        heading=_("Look at your mail"),
        sentence=sentence,
        address=session.get("sent_to", ""),
        again_url=again_url,
    )
