"""Atom feeds of open circles (RFC 4287)."""

from __future__ import annotations

from datetime import datetime

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from forum.core import links, markup
from forum.discussions import queries
from forum.discussions.views import bp
from forum.web.door import public

KEPT_SECONDS = 300
"""By caches: as long may something be read there that a moderator has hidden."""


@bp.get("/c/<slug:slug>/feed")
@public
def feed(slug: str) -> ResponseReturnValue:
    """The same for everybody, whoever asks: what a guest sees of an open circle."""
    found, base = queries.feed_of(slug), current_app.config["SITE_URL"]
    body = render_template(
        "discussions/feed.xml",
        feed=found,
        base=base,
        circle_url=base + links.circle(slug),
        feed_url=f"{base}{links.circle(slug)}/feed",
        moment=_moment,
    )
    # XML can't say control characters at all; texts from before they were kept out may hold some.
    body = markup.without_hidden(body)
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _moment(at: datetime) -> str:
    """As RFC 3339 wants it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
