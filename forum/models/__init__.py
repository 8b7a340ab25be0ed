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
    notifications,
    outbox,
    profiles,
    quiet,
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
    "notifications",
    "outbox",
    "profiles",
    "quiet",
    "spaces",
]
