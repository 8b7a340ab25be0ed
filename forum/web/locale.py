"""Which language and time zone a page speaks."""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask import current_app, has_request_context, request


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
    return "UTC"
