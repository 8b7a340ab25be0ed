"""What every template can use: filters, the viewer, the site, and the address of a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, g, request, url_for

from forum.web import arrival, locale, patterns, wording
from forum.web.assets import assets


@dataclass(frozen=True)
class Site:
    name: str
    url: str
    is_development: bool


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    wording.init_app(app)
    changing = bool(app.config.get("DEVELOPMENT"))
    env.globals["asset"] = _asset if changing else app.extensions["assets"].url
    env.globals["url_for"] = _address
    env.globals["site"] = Site(
        app.config["SITE_NAME"], app.config["SITE_URL"], bool(app.config.get("DEVELOPMENT"))
    )
    patterns.init_app(app)
    app.context_processor(_about_this_request)


def _asset(name: str) -> str:
    """Where files change under the site: as they are now."""
    return assets().url(name)


def _address(endpoint: str, **values: str) -> str:
    """Flask's url_for, which takes as long for a link as a page of links should."""
    return _known_address(request.script_root, endpoint, tuple(values.items()))


@lru_cache(4_096)
def _known_address(_root: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> str:
    return url_for(endpoint, **dict(values))  # type: ignore[arg-type]


def _about_this_request() -> dict[str, Any]:
    viewer, language = arrival.viewer(), locale.chosen()
    return {
        "lang": language,
        "text_direction": locale.direction(language),
        "viewer": viewer,
        "nav_circles": viewer.circles,
        "current_endpoint": request.endpoint or "",
        "veiled": g.get("veiled", False),
    }
