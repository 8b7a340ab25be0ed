"""Pictures and PDFs: taken in, kept, handed out to whom one of the posts that carry them is shown."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.files import views

    return views.bp
