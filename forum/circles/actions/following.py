"""What whoever is invited answers."""

from __future__ import annotations

from sqlalchemy import delete

from forum.circles.actions.belonging import drop, enter, let_in, where
from forum.circles.queries import invitation
from forum.core.db import db, transaction
from forum.core.errors import ForumError, NotAllowed
from forum.core.i18n import _l
from forum.models.circles import Invitation, MembershipState
from forum.policy.allowed import Act, NoDoor, Place, SignInFirst, require
from forum.policy.turns import own_turn
from forum.policy.viewer import Viewer


class NotInvited(NotAllowed):
    sentence = _l("Nobody has invited you here, or the invitation was taken back.")


class NoLink(ForumError):
    """One answer for whatever is wrong with a link, so that it tells nothing."""

    status = 410
    sentence = _l(
        "This link leads nowhere any more: it was used, taken back, or is older than 14 days."
    )


def follow(viewer: Viewer, slug: str) -> None:
    """Come into a circle one is invited to. NotThere, the refusals of Act.COME, NotInvited."""
    with transaction():
        _still_there(viewer)
        place = where(viewer, slug)
        require(viewer, Act.COME, place)
        if not let_in(viewer.user_id, place.circle_id, [MembershipState.INVITED]):
            raise NotInvited


def turn_down(viewer: Viewer, slug: str) -> None:
    """Not come. Nobody is told; nothing happens when one was not invited. NotThere."""
    with transaction():
        drop(viewer.user_id, where(viewer, slug).circle_id, MembershipState.INVITED)


def follow_link(viewer: Viewer, token: str) -> str:
    """Come in by a link, which ends with it; the circle's slug. NoLink, the refusals of Act.COME.

    Of two people who use it at one moment one comes in. Who was sent away does not come back by it.
    """
    with transaction():
        _still_there(viewer)
        found = invitation(token)
        if found is None or viewer.circle(found.circle.id):
            raise NoLink
        require(viewer, Act.COME, Place(found.circle.id, found.visibility))
        used = db.session.execute(delete(Invitation).where(Invitation.id == found.id))
        if not used.rowcount:  # type: ignore[attr-defined]
            raise NoLink
        try:
            enter(viewer.user_id, found.circle.id)
        except NoDoor:
            raise NoLink from None
    return found.circle.slug


def _still_there(viewer: Viewer) -> None:
    if not viewer.signed_in:
        raise SignInFirst
    own_turn(viewer.user_id)
