"""What a topic of a circle is called where it is shown."""

from __future__ import annotations

from forum.core.i18n import _


def called(title: str) -> str:
    """Its title; words for one whose author took all their words along as they went for good."""
    return title or _("Taken away by whoever wrote it")
