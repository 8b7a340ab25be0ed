"""Sending a member away, and letting them come back."""

from __future__ import annotations

from forum.circles.actions.asking import DecidedAlready, at_the_door
from forum.circles.actions.belonging import count_members, leave_its_space, move
from forum.core.db import transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.circles import MembershipState
from forum.models.notifications import Kind
from forum.notifications import actions as notifications
from forum.policy.viewer import Viewer


class NotThem(ForumError):
    """A moderator, oneself among them, or somebody who has gone meanwhile."""

    status = 409
    sentence = _l("Only members can be sent away; a moderator only by the site's staff.")


def send_away(viewer: Viewer, slug: str, public_id: str, reason: str) -> None:
    """Take a member out of a circle and of its private space; they read the reason.

    What they wrote stays. Reason up to 500 characters. Raises NotThere, the refusals of Act.DECIDE,
    NotThem.
    """
    with transaction():
        place, user_id = at_the_door(viewer, slug, public_id)
        gone = move(
            user_id, place.circle_id, [MembershipState.ACTIVE], MembershipState.REMOVED, reason
        )
        if not gone:
            raise NotThem
        leave_its_space(user_id, place.circle_id)
        count_members(place.circle_id, -1)


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
