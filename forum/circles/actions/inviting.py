"""A moderator invites people, by their handle or with a link to hand out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from forum.circles.actions.asking import at_the_door
from forum.circles.actions.belonging import AT_THE_DOOR, drop, let_in, move, stand, where
from forum.core import clock, ids, seal
from forum.core.db import db, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.models.accounts import User
from forum.models.circles import Circle, Invitation, MembershipState
from forum.models.notifications import Kind
from forum.notifications import actions as notifications
from forum.policy import limits, visible
from forum.policy.allowed import Act, require
from forum.policy.turns import one_at_a_time
from forum.policy.viewer import Viewer

LINK_LIFE = timedelta(days=14)
_REQUESTED, _INVITED = MembershipState.REQUESTED, MembershipState.INVITED


class NobodyOfThatName(ForumError):
    """The same for a handle nobody has as for one of a stranger: it must not tell who is here."""

    status = 422
    sentence = _l("Nobody you share a circle with has this handle. Hand them a link instead.")


class InAlready(ForumError):
    status = 422
    sentence = _l("They are in this circle already.")


def invite(viewer: Viewer, slug: str, handle: str) -> None:
    """Invite somebody who shares a circle with the viewer; who has asked already is let in.

    Raises NotThere, the refusals of Act.INVITE, TooOften, NobodyOfThatName, InAlready.
    """
    require(viewer, Act.INVITE, where(viewer, slug))
    limits.spend(limits.INVITE, viewer)
    query = visible.share_a_circle(viewer, User.id).where(User.handle == handle).limit(1)
    with transaction():
        place = where(viewer, slug)
        require(viewer, Act.INVITE, place)
        user_id = db.session.execute(query).scalar()
        if user_id is None or not one_at_a_time(user_id):
            raise NobodyOfThatName
        if let_in(user_id, place.circle_id, [_REQUESTED]):
            notifications.tell_at_the_door(user_id, place.circle_id, Kind.LET_IN)
            return
        others = (AT_THE_DOOR | {MembershipState.REMOVED}) - {_REQUESTED}
        if not stand(user_id, place.circle_id, _INVITED) and not move(
            user_id, place.circle_id, others, _INVITED
        ):
            raise InAlready
        notifications.tell_at_the_door(user_id, place.circle_id, Kind.INVITED)


def withdraw(viewer: Viewer, slug: str, public_id: str) -> None:
    """Take an invitation back; nothing when it was answered. NotThere, ForModerators."""
    with transaction():
        place, user_id = at_the_door(viewer, slug, public_id)
        drop(user_id, place.circle_id, _INVITED)


def make_link(viewer: Viewer, slug: str) -> None:
    """A link that lets one person in, within fourteen days. As `invite`."""
    require(viewer, Act.INVITE, where(viewer, slug))
    limits.spend(limits.INVITE, viewer)
    public_id = ids.public_id()
    with transaction() as session:
        place = where(viewer, slug)
        require(viewer, Act.INVITE, place)
        if not one_at_a_time(viewer.user_id):
            raise NotThere
        session.add(
            Invitation(
                id=ids.random_key(),
                public_id=public_id,
                circle_id=place.circle_id,
                user_id=viewer.user_id,
                token_digest=seal.plain_digest(token_of(public_id)),
                expires_on=clock.today() + LINK_LIFE,
            )
        )


def end_link(viewer: Viewer, slug: str, public_id: str) -> None:
    """No longer let anybody in by this link. NotThere, the refusals of Act.DECIDE."""
    with transaction() as session:
        require(viewer, Act.DECIDE, where(viewer, slug))
        query = visible.invitations(viewer, Invitation.id)
        query = query.where(Circle.slug == slug, Invitation.public_id == public_id)
        found = session.execute(query).scalar()
        if found is None:
            raise NotThere
        session.execute(delete(Invitation).where(Invitation.id == found))


def token_of(public_id: str) -> str:
    """The token of a link to hand out, derived so that it need not be stored."""
    return seal.keyed_token("invitation", public_id)
