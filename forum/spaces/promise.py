"""One promise of private spaces: a sentence, the code it speaks of, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any

from flask_babel import LazyString

Number = tuple[ModuleType | Callable[[], Any], str]
"""A constant, by its module and name, or a setting, by what has it: as when the page is drawn."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise, and what keeps it."""

    sentence: LazyString
    kept_by: tuple[Callable[..., Any], ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)

    def __str__(self) -> str:
        values = {name: _plain(*number) for name, number in self.numbers.items()}
        return str(self.sentence) % values


def _plain(where: ModuleType | Callable[[], Any], name: str) -> int:
    """A number as the page says it: hours of a time, per cent of a share."""
    value = getattr(where() if callable(where) else where, name)
    if isinstance(value, timedelta):
        return round(value / timedelta(hours=1))
    return round(value * 100) if isinstance(value, float) else int(value)
