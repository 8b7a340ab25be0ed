"""Flask glue: who comes in, what they get when something fails, headers, files, filters."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from forum.web import arrival, assets, converters, door, errors, headers, locale, templating

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    proxies = app.config.get("PROXIES", 0)
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    Babel(app, locale_selector=locale.chosen, timezone_selector=locale.time_zone)
    converters.init_app(app)
    door.init_app(app)
    csrf.init_app(app)
    arrival.init_app(app)
    assets.init_app(app)
    templating.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    Compress(app)


def close_the_door(app: Flask) -> None:
    """After every room is registered: refuse to start with a route nobody decided about."""
    door.check_routes(app)
