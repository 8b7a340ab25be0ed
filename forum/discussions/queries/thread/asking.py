"""Which page of a topic is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

PAGE = 50
MAX_FOLDS = 20
TREE, TIME = "conversation", "time"


@dataclass(frozen=True, slots=True)
class Ask:
    """Which page of a topic: at most one of start, before, last."""

    view: str = TREE
    start: str | None = None
    before: str | None = None
    last: bool = False
    folded: tuple[str, ...] = ()
    target: str | None = None

    def url(self, base: str, **changes: Any) -> str:
        """The address of this page with something changed, e.g. `start=` or `folded=`."""
        ask = replace(self, **changes)
        parts = []
        if ask.view != TREE:
            parts.append(f"view={ask.view}")
        if ask.start or ask.before:
            parts.append(f"from={ask.start}" if ask.start else f"before={ask.before}")
        elif ask.last:
            parts.append("at=last")
        if ask.folded:
            parts.append("fold=" + ",".join(ask.folded))
        return f"{base}?{'&'.join(parts)}" if parts else base
