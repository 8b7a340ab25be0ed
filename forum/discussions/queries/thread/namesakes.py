"""Two people of one name on a page are told apart.

Names are free: to refuse one that somebody has would tell who is here. So where two meet, each is
called by their handle too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from forum.discussions.cards import PostCard


def tell_apart(
    rows: Sequence[Any], cards: Sequence[PostCard], others: Iterable[tuple[str | None, int | None]]
) -> None:
    """Add the handle to names that more than one person has, of a circle's rows and `others`."""
    bearers: dict[str, set[int | None]] = defaultdict(set)
    for name, author_id in (*((row.author_name, row.author_id) for row in rows), *others):
        bearers[_known(name)].add(author_id)
    for row, made in zip(rows, cards, strict=True):
        if row.author_handle and len(bearers[_known(row.author_name)]) > 1:
            made.byline = made.byline._replace(name=f"{row.author_name} (@{row.author_handle})")


def _known(name: str | None) -> str:
    return (name or "").casefold()
