"""The `flask` commands of the site, and the worker's loop."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    from forum.cli import circles, demo_seed, guardians, keys, mailbox, posts, staff, worker
    from forum.cli.importing import command as importing

    rooms = (worker, staff, circles, guardians, demo_seed, posts, keys, mailbox, importing)
    for room in rooms:
        app.cli.add_command(room.group)
