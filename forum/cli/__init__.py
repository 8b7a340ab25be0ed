"""The `flask` commands of the site, and the worker's loop."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    from forum.cli import circles, demo_seed, keys, posts, spaces, staff, worker
    from forum.cli.importing import command as importing

    for room in (worker, staff, circles, demo_seed, posts, keys, spaces, importing):
        app.cli.add_command(room.group)
