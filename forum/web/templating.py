"""What every template can use: filters, the viewer, the site, and the address of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from forum.web import arrival, patterns, wording
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
    env.globals["asset"] = lambda name: assets().url(name)
    env.globals["site"] = Site(
        app.config["SITE_NAME"], app.config["SITE_URL"], bool(app.config.get("DEVELOPMENT"))
    )
    patterns.init_app(app)
    app.context_processor(_about_this_request)


def _about_this_request() -> dict[str, Any]:
    viewer = arrival.viewer()
    return {
        "viewer": viewer,
        "nav_circles": viewer.circles,
        "current_endpoint": request.endpoint or "",
    }
