"""Whom to call when it is about life and death. Only numbers known to be right; none invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from forum.core.i18n import _l


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number, where it works, and the day somebody last looked whether it still does."""

    number: str
    where: Any
    what: Any
    checked_on: date


_CHECKED = date(2026, 11, 22)
LINES = (
    HelpLine("112", _l("European Union, United Kingdom and many more"), _l("Emergency"), _CHECKED),
    HelpLine("911", _l("United States and Canada"), _l("Emergency"), _CHECKED),
    HelpLine("999", _l("United Kingdom"), _l("Emergency"), _CHECKED),
    HelpLine(
        "988",
        _l("United States and Canada"),
        _l("Suicide and crisis line, day and night"),
        _CHECKED,
    ),
    HelpLine(
        "116 123",
        _l("United Kingdom, Ireland and parts of Europe"),
        _l("Somebody who listens, free"),
        _CHECKED,
    ),
    HelpLine("13 11 14", _l("Australia"), _l("Lifeline, day and night"), _CHECKED),
)
DIRECTORY = "https://findahelpline.com/"
"""A directory of crisis lines in over a hundred countries."""
