"""The `flask` commands of the site, and the worker's loop."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    from forum.cli import circles, demo_seed, guardians, keys, posts, staff, worker
    from forum.cli.importing import command as importing

    for room in (worker, staff, circles, guardians, demo_seed, posts, keys, importing):
        app.cli.add_command(room.group)
