"""What a sealed topic is called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forum.core.i18n import _


def headline(words: Mapping[str, Any]) -> str:
    """The title of a space's topic; words for one whose opening post was taken back."""
    return str(words["title"]) or _("Taken back by who opened it")
