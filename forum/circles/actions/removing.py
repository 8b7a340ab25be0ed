"""Sending a member away, and letting them come back."""

from __future__ import annotations

from forum.circles.actions.asking import DecidedAlready, at_the_door
from forum.circles.actions.belonging import (
    AT_THE_DOOR,
    count_members,
    leave_its_space,
    move,
    stand,
    where,
)
from forum.circles.queries import writer_id
from forum.core.db import transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.models.circles import MembershipState
from forum.models.notifications import Kind
from forum.notifications import actions as notifications
from forum.policy.allowed import Act, require
from forum.policy.turns import one_at_a_time
from forum.policy.viewer import Viewer


class NotThem(ForumError):
    """A moderator, oneself among them, or somebody who has gone meanwhile."""

    status = 409
    sentence = _l("Only members can be sent away; a moderator only by the site's staff.")


def send_away(viewer: Viewer, slug: str, public_id: str, reason: str) -> None:
    """Take a member out of a circle and of its private space; they read the reason.

    So that nobody gets round it by leaving first, also whoever wrote there and has left: they
    can't come back by themselves. What they wrote stays. Reason up to 500 characters. Raises
    NotThere, the refusals of Act.DECIDE, NotThem.
    """
    with transaction():
        place = where(viewer, slug)
        require(viewer, Act.DECIDE, place)
        wrote = writer_id(viewer, place.circle_id, public_id)
        user_id = wrote or at_the_door(viewer, slug, public_id)[1]
        if not one_at_a_time(user_id):
            raise NotThere
        here, removed = (user_id, place.circle_id), MembershipState.REMOVED
        if move(*here, [MembershipState.ACTIVE], removed, reason):
            leave_its_space(*here)
            count_members(place.circle_id, -1)
        elif not (wrote and _keep_out(*here, reason)):
            raise NotThem


def let_back(viewer: Viewer, slug: str, public_id: str) -> None:
    """Invite somebody back who was sent away: they come when they like. As `send_away`.

    DecidedAlready when they are not sent away any more.
    """
    with transaction():
        place, user_id = at_the_door(viewer, slug, public_id)
        removed, invited = MembershipState.REMOVED, MembershipState.INVITED
        if not move(user_id, place.circle_id, [removed], invited):
            raise DecidedAlready
        notifications.tell_at_the_door(user_id, place.circle_id, Kind.INVITED)


def _keep_out(user_id: int, circle_id: int, reason: str) -> bool:
    """Send away who is not in; False when they were sent away before, or moderate it."""
    removed = MembershipState.REMOVED
    return move(user_id, circle_id, AT_THE_DOOR, removed, reason) or stand(
        user_id, circle_id, removed, reason
    )
