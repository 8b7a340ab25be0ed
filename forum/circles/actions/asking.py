"""Asking to be let into a circle, and what its moderators say to that."""

from __future__ import annotations

from datetime import date

from forum.circles.actions.belonging import drop, let_in, move, stand, where
from forum.circles.queries import may_ask_from
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.models.accounts import User
from forum.models.circles import Circle, Membership, MembershipState
from forum.models.notifications import Kind
from forum.notifications import actions as notifications
from forum.policy import limits, visible
from forum.policy.allowed import Act, NoDoor, Place, require
from forum.policy.turns import one_at_a_time, own_turn
from forum.policy.viewer import Viewer

REQUESTED, INVITED = MembershipState.REQUESTED, MembershipState.INVITED
DECLINED, REMOVED = MembershipState.DECLINED, MembershipState.REMOVED


class AskLater(ForumError):
    status = 409

    def __init__(self, on: date) -> None:
        self.on = on
        super().__init__(_l("You can ask again on %(day)s.", day=on.isoformat()))


class DecidedAlready(ForumError):
    """Another moderator was quicker, or the person has thought better of it."""

    status = 409
    sentence = _l("That has been decided already, or taken back.")


def ask(viewer: Viewer, slug: str, note: str) -> None:
    """Ask the moderators of an approval circle to be let in; `note` up to 500 characters.

    Asked twice, the last note stands. Who is invited is in at once. Raises NotThere, the refusals
    of Act.ASK, AskLater, TooOften, and NoDoor for whom moderators sent away.
    """
    require(viewer, Act.ASK, where(viewer, slug))
    limits.spend(limits.ASK_IN, viewer)
    with transaction():
        own_turn(viewer.user_id)
        place = where(viewer, slug)
        require(viewer, Act.ASK, place)
        _ask(viewer, place.circle_id, note or None)


def take_back(viewer: Viewer, slug: str) -> None:
    """Ask no more; the note goes. Nothing when it was decided meanwhile. NotThere."""
    with transaction():
        drop(viewer.user_id, where(viewer, slug).circle_id, REQUESTED)


def accept(viewer: Viewer, slug: str, public_id: str) -> None:
    """A moderator lets in who asked. Raises NotThere, the refusals of Act.DECIDE, DecidedAlready.

    Of two moderators who decide at one moment the first has decided.
    """
    with transaction():
        place, user_id = at_the_door(viewer, slug, public_id)
        if not let_in(user_id, place.circle_id, [REQUESTED]):
            raise DecidedAlready
        notifications.tell_at_the_door(user_id, place.circle_id, Kind.LET_IN)


def decline(viewer: Viewer, slug: str, public_id: str, reason: str) -> None:
    """A moderator does not; the asker reads the reason, up to 500 characters. As `accept`."""
    with transaction():
        place, user_id = at_the_door(viewer, slug, public_id)
        if not move(user_id, place.circle_id, [REQUESTED], DECLINED, reason):
            raise DecidedAlready
        notifications.tell_at_the_door(user_id, place.circle_id, Kind.DECLINED)


def at_the_door(viewer: Viewer, slug: str, public_id: str) -> tuple[Place, int]:
    """Whom a moderator's act is about, locked until the transaction ends. NotThere, ForModerators.

    In whatever state they are: the act itself has to see whether that is the right one.
    """
    place = where(viewer, slug)
    require(viewer, Act.DECIDE, place)
    query = visible.at_the_door(viewer, User.id)
    query = query.where(Circle.slug == slug, User.public_id == public_id)
    user_id = db.session.execute(query).scalar()
    if user_id is None or not one_at_a_time(user_id):
        raise NotThere
    return place, user_id


def _ask(viewer: Viewer, circle_id: int, note: str | None) -> None:
    mine = visible.own_standing(viewer, Membership.state, Membership.joined_at)
    row = db.session.execute(mine.where(Membership.circle_id == circle_id)).first()
    if row is None:
        if stand(viewer.user_id, circle_id, REQUESTED, note):  # who is in already stays in
            notifications.tell_moderators(circle_id)
    elif row.state is INVITED:
        let_in(viewer.user_id, circle_id, [INVITED])
    elif row.state is REMOVED:
        raise NoDoor
    elif row.state is DECLINED and clock.today() < may_ask_from(row.joined_at):
        raise AskLater(may_ask_from(row.joined_at))
    elif row.state is REQUESTED:
        move(viewer.user_id, circle_id, [REQUESTED], REQUESTED, note)
    elif move(viewer.user_id, circle_id, [DECLINED], REQUESTED, note):
        notifications.tell_moderators(circle_id)
