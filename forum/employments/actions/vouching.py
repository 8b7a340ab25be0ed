"""Being vouched for by members of the same circle, and vouching for somebody.

For whoever set a new password by a mailbox that an employer may read, a link asks for something
else: that it is really they. Two who say so open private spaces to them again.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from forum.core import clock, ids, seal
from forum.core.db import Conflict, savepoint, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.employments import queries
from forum.employments.queries import VouchAsk
from forum.models.accounts import User
from forum.models.employers import ReturnVouch, Vouch, VouchLink
from forum.policy import limits, workplaces
from forum.policy import viewer as viewers
from forum.policy.turns import one_at_a_time, own_turn
from forum.policy.viewer import Viewer

LINK_LIFE = timedelta(days=14)


class TellFirst(ForumError):
    status = 409
    sentence = _l(
        "Say first where you work, or with whom you worked last; who works for themselves names"
        " their own business."
    )


class CannotVouch(ForumError):
    """One answer for every reason, so that it tells nothing of where the other works."""

    status = 410
    sentence = _l(
        "This link can't be used by you. Perhaps its time is over or it isn't needed any more, or"
        " it takes somebody else: a verified member of the same circle, who does not know the"
        " other from work."
    )


def make_vouch_link(viewer: Viewer, slug: str) -> None:
    """A link to hand to people of a circle the viewer is in; a new one ends the one before.

    Raises NotThere for a circle they aren't in, TellFirst before they named an employer.
    """
    circle = next((mine for mine in viewer.circles if mine.slug == slug), None)
    if circle is None:
        raise NotThere
    if not queries.employments(viewer):
        raise TellFirst
    public_id = ids.public_id()
    with transaction() as session:
        own_turn(viewer.user_id)
        _end_link(viewer.user_id, circle.id)
        session.add(
            VouchLink(
                id=ids.random_key(),
                public_id=public_id,
                user_id=viewer.user_id,
                circle_id=circle.id,
                token_digest=seal.plain_digest(vouch_token(public_id)),
                expires_on=clock.today() + LINK_LIFE,
            )
        )


def vouch_token(public_id: str) -> str:
    """The token of a link to hand out, derived so that it need not be stored."""
    return seal.keyed_token("vouch link", public_id)


def vouch_ask(viewer: Viewer, token: str) -> VouchAsk:
    """Whom a link asks the viewer to vouch for. CannotVouch when they may not, whatever the reason.

    They must be a verified member of the circle with other employers, and not have done so before.
    """
    ask = queries.vouch_ask(token)
    if ask is None or not _may_vouch(viewer, ask):
        raise CannotVouch
    return ask


def vouch(viewer: Viewer, token: str) -> VouchAsk:
    """Say that one knows whoever handed out the link, or that it is really they who came back.

    Raises CannotVouch or TooOften. The second word for somebody is enough: the link ends with it.
    """
    vouch_ask(viewer, token)
    limits.spend(limits.VOUCH, str(viewer.user_id))
    with transaction():
        ask = queries.vouch_ask(token)
        if ask is None:
            raise CannotVouch
        if not one_at_a_time(ask.user_id):
            raise CannotVouch
        ask = vouch_ask(viewer, token)
        if ask.returning:
            _add(ReturnVouch(voucher_id=viewer.user_id, user_id=ask.user_id))
            if len(workplaces.return_vouches(ask.user_id)) >= workplaces.VOUCHES_NEEDED:
                let_return(ask.user_id)
            return ask
        _add(_vouch(viewer, ask))
        if workplaces.vouch_count(ask.user_id, ask.circle_id) >= workplaces.VOUCHES_NEEDED:
            _end_link(ask.user_id, ask.circle_id)
    return ask


def lock_out(user_id: int) -> None:
    """Shut private spaces to somebody until it is known that it was they who set a new password.

    What was said for them before counts no more, nor do links they handed out.
    """
    _set_locked(user_id, locked=True)


def let_return(user_id: int) -> None:
    """Open them again, once the days after a reset are over."""
    _set_locked(user_id, locked=False)


def _may_vouch(viewer: Viewer, ask: VouchAsk) -> bool:
    """Everything is looked at whatever comes out, so that the time taken tells nothing either."""
    other = viewers.for_user(ask.user_id)
    has_vouched = workplaces.has_vouched(viewer.user_id, ask.user_id, ask.circle_id)
    has_said_so = viewer.user_id in workplaces.return_vouches(ask.user_id)
    facts = (
        not viewer.suspended,
        not viewer.spaces_shut,
        viewer.user_id != ask.user_id,
        viewer.circle(ask.circle_id) is not None,
        other is not None and other.circle(ask.circle_id) is not None,
        workplaces.is_verified(viewer.user_id, ask.circle_id),
        not workplaces.are_colleagues(viewer.user_id, ask.user_id, clock.today()),
        not (has_said_so if ask.returning else has_vouched),
    )
    return all(facts)


def _vouch(viewer: Viewer, ask: VouchAsk) -> Vouch:
    return Vouch(
        voucher_id=viewer.user_id,
        user_id=ask.user_id,
        circle_id=ask.circle_id,
        made_on=clock.today(),
    )


def _add(made: Vouch | ReturnVouch) -> None:
    try:
        with savepoint() as session:
            session.add(made)
    except Conflict:  # clicked twice at one moment
        raise CannotVouch from None


def _end_link(user_id: int, circle_id: int) -> None:
    with transaction() as session:
        session.execute(
            delete(VouchLink).where(VouchLink.user_id == user_id, VouchLink.circle_id == circle_id)
        )


def _set_locked(user_id: int, *, locked: bool) -> None:
    with transaction() as session:
        for rows in (
            update(User).where(User.id == user_id).values(spaces_locked=locked),
            delete(ReturnVouch).where(ReturnVouch.user_id == user_id),
            delete(VouchLink).where(VouchLink.user_id == user_id),
        ):
            session.execute(rows)
