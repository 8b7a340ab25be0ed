"""Which language and time zone a page speaks."""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask import current_app, g, has_request_context, request

from forum.core.db import is_hushed
from forum.web import arrival


def chosen() -> str:
    locales: list[str] = current_app.config.get("LOCALES", ["en"])
    if len(locales) == 1 or not has_request_context():
        return locales[0]
    return request.accept_languages.best_match(locales) or locales[0]


@cache
def direction(language: str) -> str:
    """Which way a language is written: "ltr" or "rtl"."""
    return str(Locale.parse(language, sep="-" if "-" in language else "_").text_direction)


def time_zone() -> str:
    """That of the city the reader lives by, if they said so.

    In private spaces UTC as for guests: there a day is one and the same for all (R2), and a picture
    of the page must not tell where its reader lives.
    """
    if not has_request_context():
        return "UTC"
    if "zone" not in g:
        g.zone = arrival.viewer_or_guest().time_zone
    zone: str = g.zone
    return "UTC" if zone == "UTC" or is_hushed() else zone
