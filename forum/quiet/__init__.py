"""Less of somebody or something: muted people and words, and blocks between two people."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.quiet import views

    return views.bp
