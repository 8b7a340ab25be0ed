"""Tables only: columns, constraints, indexes. Importing this room knows them all."""

from forum.models import (
    accounts,
    circles,
    discussions,
    employers,
    guarding,
    imports,
    outbox,
    spaces,
)

__all__ = [
    "accounts",
    "circles",
    "discussions",
    "employers",
    "guarding",
    "imports",
    "outbox",
    "spaces",
]
