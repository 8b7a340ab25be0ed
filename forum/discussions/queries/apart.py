"""Counters of a topic without the posts from which a block keeps its reader."""

from __future__ import annotations

from typing import Any

from forum.core.ranges import Ranges
from forum.discussions.queries.unread import parsed

_OPENING = Ranges.of([0])


def less_apart(row: Any) -> Any:
    """The row with its `reply_count` and `gone` as if those posts had been removed."""
    if not getattr(row, "apart_seqs", None):
        return row
    apart = Ranges.of(map(int, row.apart_seqs.split()))
    left = row.reply_count - len(apart - _OPENING)
    return row._replace(reply_count=left, gone=str(parsed(row.gone) | apart))
