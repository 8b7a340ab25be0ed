"""The `flask` commands of the site, and the worker's loop."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    from forum.cli import circles, demo_seed, posts, staff, worker

    for group in (worker.group, staff.group, circles.group, demo_seed.group, posts.group):
        app.cli.add_command(group)
