"""Where members work or worked, how that is verified, and what staff know of employers."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.employments import views

    return views.bp
