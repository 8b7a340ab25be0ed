"""The front page, the pages about the site, and the development mailbox."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.home import views

    return views.bp
