"""The page after a link was asked for."""

from __future__ import annotations

from flask import render_template, session

from forum.core.i18n import _


def sent(sentence: str, again_url: str) -> str:
    """The page after a link was asked for: the same for every address."""
    return render_template(
        "accounts/sent.html",
        heading=_("Look at your mail"),
        sentence=sentence,
        address=session.get("sent_to", ""),
        again_url=again_url,
    )
