"""Cahoots: the forum where intrapreneurs find each other. See README.md for the map of rooms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application: from `config`, or from the environment (see config.py)."""
    from config import FIXED, from_environment
    from forum import cli, models, web
    from forum.core import db, seal
    from forum.files import storage
    from forum.policy import guard
    from forum.spaces import rule

    app = Flask(
        __name__,
        static_folder=None,
        template_folder=str(ROOT / "templates"),
        root_path=str(ROOT / "forum"),
    )
    app.config.from_mapping(from_environment() if config is None else {**FIXED, **config})
    assert models.__all__
    seal.configure(app.config["SECRET_KEY"])
    seal.configure_keys(app.config["SPACE_KEYS"])
    storage.configure(app.config["FILES"])
    rule.configure(*app.config["SPACE_RULE"])
    db.db.init_app(app)
    with app.app_context():
        for engine in db.db.engines.values():
            db.prepare(engine)
            guard.install(engine)
    Migrate(app, db.db, directory=str(ROOT / "migrations"))
    web.init_app(app)
    _register_rooms(app)
    cli.init_app(app)
    web.close_the_door(app)
    return app


def _register_rooms(app: Flask) -> None:
    from forum import (
        accounts,
        circles,
        discussions,
        employments,
        files,
        home,
        notifications,
        quiet,
        spaces,
    )

    rooms = (home, accounts, files, notifications, circles, quiet, employments, spaces, discussions)
    for room in rooms:
        app.register_blueprint(room.blueprint())
