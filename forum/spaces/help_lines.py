"""Whom to call when it is about life and death. Only numbers known to be right; none invented.

Staff add those of their countries in a file (HELP_LINES_FILE), each with the day it was checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app

from forum.core.i18n import _l


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number or the address of a directory, and the day somebody last looked whether it holds."""

    number: str
    where: Any
    what: Any
    checked_on: date

    @property
    def is_directory(self) -> bool:
        return self.number.startswith("https:")


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
DIRECTORY = HelpLine(
    "https://findahelpline.com/",
    _l("Over a hundred countries"),
    _l("A directory of crisis lines in your country and language"),
    _CHECKED,
)


def lines() -> list[HelpLine]:
    """All of them: those that hold nearly everywhere, then what this site's staff has added."""
    added = current_app.config.get("HELP_LINES", ())
    return [*LINES, *(HelpLine(*each) for each in added), DIRECTORY]
