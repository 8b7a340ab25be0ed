"""Tables only: columns, constraints, indexes. Importing this room knows them all."""

from forum.models import (
    accounts,
    circles,
    companies,
    discussions,
    employers,
    files,
    guarding,
    imports,
    outbox,
    profiles,
    spaces,
)

__all__ = [
    "accounts",
    "circles",
    "companies",
    "discussions",
    "employers",
    "files",
    "guarding",
    "imports",
    "outbox",
    "profiles",
    "spaces",
]
