"""Circles that nobody walks into, with somebody at the door of each."""

from __future__ import annotations

from collections.abc import Mapping

from forum.circles import actions
from forum.circles.actions import CircleWords, NewCircle
from forum.models.circles import CircleKind, Role, Visibility
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer

_COUNCILS = NewCircle(
    "on-the-council",
    "On the council",
    CircleWords(
        "For people who change things together with their works council, or sit in one.",
        "1. What a council tells you in confidence stays out of here.\n"
        "2. Say on which side of the table you sit.",
        14,
    ),
    CircleKind.TOPIC,
    None,
    Visibility.APPROVAL,
)
_STARTING = NewCircle(
    "leaving-to-start",
    "Leaving to start",
    CircleWords(
        "For those who think of leaving their company to do the thing themselves.",
        "1. Nothing from here is told outside, and neither is who is in.",
        3,
    ),
    CircleKind.TOPIC,
    None,
    Visibility.SECRET,
)
NOTE = (
    "I rebuild night shifts with the people who work them. Our council said yes twice and no once,"
    " and I would like to hear how others got past that no."
)


def add_doors(people: Mapping[str, int]) -> None:
    """An approval circle that somebody asks to be let into, a secret one somebody is invited to."""
    for circle in (_COUNCILS, _STARTING):
        actions.found(circle)
        actions.appoint(people["dora"], circle.slug, Role.MODERATOR)
        actions.appoint(people["chidi"], circle.slug, Role.MEMBER)
    actions.ask(_viewer(people["ana"]), _COUNCILS.slug, NOTE)
    keeper = _viewer(people["dora"])
    actions.invite(keeper, _STARTING.slug, "ben")
    actions.make_link(keeper, _COUNCILS.slug)


def _viewer(user_id: int) -> Viewer:
    found = viewers.for_user(user_id)
    assert found is not None
    return found
