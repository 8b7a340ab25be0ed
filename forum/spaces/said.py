"""What moderators have said to a member's names, and what stands against them, name by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from forum.policy.viewer import Viewer
from forum.spaces.sanctions import SeenNotice, SeenSanction, notices, sanctions_of


@dataclass(frozen=True, slots=True)
class SaidTo:
    """All of it to one of the reader's names; the newest notice first."""

    handle: str
    sanctions: list[SeenSanction] = field(default_factory=list)
    notices: list[SeenNotice] = field(default_factory=list)


def said_to(viewer: Viewer, space_public_id: str) -> list[SaidTo]:
    """In one space; names with a living sanction first. Two statements.

    Each name is told apart, as each is in a topic of its own: only their member sees them together.
    """
    found: dict[str, SaidTo] = {}
    for sanction in sanctions_of(viewer, space_public_id):
        _at(found, sanction.handle).sanctions.append(sanction)
    for notice in notices(viewer, space_public_id):
        _at(found, notice.handle).notices.append(notice)
    return list(found.values())


def _at(found: dict[str, SaidTo], handle: str) -> SaidTo:
    return found.setdefault(handle, SaidTo(handle))
