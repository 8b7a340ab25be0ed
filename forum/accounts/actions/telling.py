"""Who may say something new of themselves, for others to read."""

from __future__ import annotations

from forum.policy.allowed import Suspended
from forum.policy.viewer import Viewer


def may_tell_of_oneself(viewer: Viewer) -> None:
    """Raise Suspended for whoever may write nothing: a name and a profile are read as well."""
    if viewer.suspended:
        raise Suspended
