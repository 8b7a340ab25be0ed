"""The line above the next page that says what was done, with the way to take it back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash


def say_done(text: str, undo_url: str, undo_with: Mapping[str, str] | None = None) -> None:
    """Say it, with a button that posts to `undo_url`, and a few words with it."""
    said = {"text": text, "undo_url": undo_url, "undo_with": dict(undo_with or {})}
    flash(said, "success")  # type: ignore[arg-type]
