"""Who is told what: following topics and circles, mentions, notices. Circles only (R3)."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.notifications import views

    return views.bp
