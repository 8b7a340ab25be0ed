"""Private spaces: where a failure can be told by somebody whom nobody can recognise."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.spaces import views

    return views.bp
