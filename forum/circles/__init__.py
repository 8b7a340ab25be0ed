"""Circles: finding one, joining, leaving, and what a circle says of itself."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.circles import views

    return views.bp
