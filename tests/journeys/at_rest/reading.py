"""A stolen copy, as an attacker sorts it: who could have written, and what there is about whom."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from forum.core.db import Base
from tests.journeys.at_rest.copies import Copy, Kept

_COPIES = 8
"""So many are looked at by many attacks."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PARTS = re.compile(r"[^\s:;,\"{}\[\]<>/]+")


@dataclass(frozen=True)
class Voice:
    """A name in a topic, and the rows that are about whoever has it."""

    id: int
    topic_id: int
    name: str
    rows: list[tuple[str, Kept]] = field(compare=False)

    def of(self, table: str) -> list[Kept]:
        return [row for name, row in self.rows if name == table]

    @property
    def posts(self) -> list[Kept]:
        return self.of("post")

    @property
    def opened(self) -> bool:
        """Whether they began the topic."""
        return any(post["seq"] == 0 for post in self.posts)

    @property
    def days(self) -> set[date]:
        """On which they wrote."""
        return {day for post in self.posts for day in days([post["created_at"]])}


@lru_cache(_COPIES)
def voices(copy: Copy) -> list[Voice]:
    """All names in spaces."""
    topics, keys = _by(copy, "topic", "id"), _by(copy, "topic_key", "topic_id")
    posts, nonces = _by(copy, "post", "pseudonym_id"), _by(copy, "submit_nonce", "post_id")
    drafts, pictures = _by(copy, "draft", "place"), _by(copy, "sealed_picture", "post_id")
    found = []
    for row in copy["pseudonym"]:
        mine = posts[row["id"]]
        about = [("pseudonym", row)] + [("post", post) for post in mine]
        about += [("submit_nonce", nonce) for post in mine for nonce in nonces[post["id"]]]
        about += [("sealed_picture", each) for post in mine for each in pictures[post["id"]]]
        edits = (f"edit:{post['public_id']}" for post in mine)
        about += [("draft", draft) for place in edits for draft in drafts[place]]
        if any(post["seq"] == 0 for post in mine):
            about += [("topic", each) for each in topics[row["topic_id"]]]
            about += [("topic_key", each) for each in keys[row["topic_id"]]]
        found.append(Voice(row["id"], row["topic_id"], row["name"], about))
    return found


@lru_cache(_COPIES)
def members(copy: Copy) -> list[int]:
    """Who could have written: all who are in the space."""
    return sorted(row["user_id"] for row in copy["space_member"])


def naming(copy: Copy) -> Iterator[tuple[str, Kept, int]]:
    """Every row that says which member it is about."""
    could = set(members(copy))
    for table, columns in _people().items():
        for row in copy[table]:
            for column in columns:
                if row[column] in could:
                    yield table, row, row[column]


@lru_cache(_COPIES)
def about_members(copy: Copy) -> dict[int, list[tuple[str, Kept]]]:
    """What there is about each member."""
    found: dict[int, list[tuple[str, Kept]]] = {each: [] for each in members(copy)}
    for table, row, user_id in naming(copy):
        found[user_id].append((table, row))
    return found


def of_spaces(table: str, row: Kept) -> bool:
    """Whether a row of a table that holds both is one of a space."""
    marks = [mark for mark in ("seat", "pseudonym_id") if mark in row.values]
    return any(row[mark] is not None for mark in marks)


def days(values: Iterable[Any]) -> set[date]:
    """The days that stand in some values."""
    texts = (str(value) for value in values if not isinstance(value, int | bytes))
    return {date.fromisoformat(found) for text in texts for found in _DAY.findall(text[:10])}


def tokens(value: Any) -> Iterator[Any]:
    """A value and its parts, as far as they are long enough to be no chance."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield from [value] if value > 1 << 20 else []
    elif isinstance(value, bytes | memoryview):
        data = bytes(value)
        yield from (data[start : start + 8] for start in range(0, len(data), 8))
    elif not days([value]):
        yield from (part for part in _PARTS.findall(str(value)) if len(part) >= 8)


def row_tokens(row: Kept, but: Iterable[str] = ()) -> set[Any]:
    return {each for name, value in row.values.items() if name not in but for each in tokens(value)}


def steadily(among: Iterable[Any], *whom: Any) -> Any:
    """One of several that are equally likely: no attack may win by the order of a list."""
    return min(among, key=lambda each: hash((each, *whom, 7919)))


def _by(copy: Copy, table: str, column: str) -> dict[Any, list[Kept]]:
    found: dict[Any, list[Kept]] = defaultdict(list)
    for row in copy[table]:
        found[row[column]].append(row)
    return found


@cache
def _people() -> dict[str, list[str]]:
    """The columns that hold a user's id."""
    found: dict[str, list[str]] = {"user": ["id"]}
    for name, table in Base.metadata.tables.items():
        columns = [
            column.name
            for column in table.columns
            if any(key.column.table.name == "user" for key in column.foreign_keys)
        ]
        if columns:
            found[name] = columns
    return found
