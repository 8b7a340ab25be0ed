"""Topics and posts: reading them as a tree or by time, answering, editing, keeping order."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.discussions import views

    return views.bp
