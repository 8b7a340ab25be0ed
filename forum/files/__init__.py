"""Pictures and PDFs: taken in, kept, handed out to whoever may see a post that carries them."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.files import views

    return views.bp
