"""Signing up, signing in, and what belongs to an account."""

from __future__ import annotations

from flask import Blueprint


def blueprint() -> Blueprint:
    from forum.accounts import views

    return views.bp
