"""Naming people: each of them is told, so there is an end to how many one member names."""

from __future__ import annotations

from datetime import datetime

from forum.core import markup
from forum.core.errors import TooOften
from forum.core.i18n import _l
from forum.policy import limits
from forum.policy.viewer import Viewer


class NamedTooMany(TooOften):
    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.sentence = _l(
            "You have named very many people today. Leave out whom you name with an @, or wait"
            " until %(clock)s UTC.",
            clock=f"{until:%H:%M}",
        )


def count_named(viewer: Viewer, html: str, before: str = "") -> None:
    """Count whom a text names that the one it takes the place of did not.

    NamedTooMany once that were 100 in a day. A text that names nobody else costs nothing.
    """
    names = set(markup.mentions(html)).difference(markup.mentions(before))
    if not names:
        return
    try:
        limits.spend(limits.NAMED, viewer, times=len(names))
    except TooOften as error:
        raise NamedTooMany(error.until) from None
