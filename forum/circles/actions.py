"""Joining, leaving, and what a circle says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from forum.circles.queries import CARD, about
from forum.core import clock, ids, markup
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import EditedMeanwhile, NotThere
from forum.models.circles import (
    Circle,
    CircleKind,
    Membership,
    MembershipState,
    Role,
    Visibility,
)
from forum.models.spaces import Space, SpaceMember
from forum.policy import visible
from forum.policy.allowed import Act, NoDoor, Place, require
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped


@dataclass(frozen=True, slots=True)
class CircleWords:
    """What moderators write about their circle."""

    purpose: str
    rules: str
    hue: int


@dataclass(frozen=True, slots=True)
class NewCircle:
    slug: str
    name: str
    words: CircleWords
    kind: CircleKind
    isic: str | None
    visibility: Visibility


def join(viewer: Viewer, slug: str) -> None:
    """Become an active member of an open or members' circle. Twice is once. Not of its space.

    Raises NotThere for what they may not see, NoDoor where one cannot join by oneself.
    """
    with transaction() as session:
        place = _where(viewer, slug)
        require(viewer, Act.JOIN, place)
        membership = Membership(
            circle_id=place.circle_id,
            user_id=viewer.user_id,
            role=Role.MEMBER,
            state=MembershipState.ACTIVE,
            joined_at=clock.now(),
        )
        try:
            with savepoint():
                session.add(membership)
                session.flush()
        except Conflict:
            present = unscoped(
                select(Membership.state).where(
                    Membership.circle_id == place.circle_id,
                    Membership.user_id == viewer.user_id,
                ),
                Reason.OWN_MEMBERSHIP,
            )
            if session.execute(present).scalar() is not MembershipState.ACTIVE:
                raise NoDoor from None
            return
        leave_its_space(viewer.user_id, place.circle_id)
        _count_members(place.circle_id, 1)


def leave(viewer: Viewer, slug: str) -> None:
    """Stop being a member, of the circle's private space too. What they wrote stays."""
    with transaction() as session:
        place = _where(viewer, slug)
        require(viewer, Act.LEAVE, place)
        gone = session.execute(
            delete(Membership).where(
                Membership.circle_id == place.circle_id,
                Membership.user_id == viewer.user_id,
                Membership.state == MembershipState.ACTIVE,
            )
        )
        leave_its_space(viewer.user_id, place.circle_id)
        _count_members(place.circle_id, -gone.rowcount)  # type: ignore[attr-defined]


def leave_its_space(user_id: int, circle_id: int) -> bool:
    """Take somebody out of a circle's private space; False when they aren't in it.

    In a transaction. Whoever leaves the circle leaves it too, and whoever comes to the circle is
    not in it, however they went: they must be let in anew. What names them there is kept, for what
    was decided about them still holds (R10); that they kept order there is not.
    """
    its_space = select(Space.id).where(Space.circle_id == circle_id).scalar_subquery()
    mine = (SpaceMember.space_id == its_space, SpaceMember.user_id == user_id)
    left = update(SpaceMember).where(*mine, SpaceMember.left_on.is_(None))
    left = left.values(left_on=clock.today().replace(day=1), role=Role.MEMBER)
    left = left.execution_options(synchronize_session=False)
    found = db.session.execute(unscoped(left, Reason.LEAVING))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def edit(viewer: Viewer, slug: str, words: CircleWords, *, shown: str = "") -> None:
    """Moderators change purpose, rules (Markdown, 5,000 characters) and hue (0 to 23).

    `shown` is the version the writer saw: EditedMeanwhile when another moderator changed it since.
    """
    html = markup.render(words.rules, markup.Format.MARKDOWN).html
    with transaction() as session:
        place, there = _where(viewer, slug), about(viewer, slug)
        require(viewer, Act.EDIT_CIRCLE, place)
        as_read = (Circle.purpose == there.purpose, Circle.rules == there.rules)
        changed = session.execute(
            update(Circle)
            .where(Circle.id == place.circle_id, Circle.hue == there.hue, *as_read)
            .values(purpose=words.purpose, rules=words.rules, rules_html=html, hue=words.hue)
        )
        if (shown and shown != there.version) or not changed.rowcount:  # type: ignore[attr-defined]
            raise EditedMeanwhile


def found(new: NewCircle) -> bool:
    """Set a circle up, as staff from the command line; False when the slug is taken."""
    html = markup.render(new.words.rules, markup.Format.MARKDOWN).html
    with transaction() as session:
        taken = unscoped(select(Circle.id).where(Circle.slug == new.slug), Reason.SET_UP)
        if session.execute(taken).first():
            return False
        session.add(
            Circle(
                id=ids.time_ordered(clock.now()),
                slug=new.slug,
                name=new.name,
                purpose=new.words.purpose,
                rules=new.words.rules,
                rules_html=html,
                hue=new.words.hue,
                kind=new.kind,
                isic=new.isic,
                visibility=new.visibility,
                created_at=clock.now(),
            )
        )
    return True


def appoint(user_id: int, slug: str, role: Role) -> None:
    """Staff give a person a role in a circle, from the command line. NotThere: no such circle.

    Whoever was not in it, or was sent away, is not in its private space.
    """
    with transaction() as session:
        circle_id = session.execute(
            unscoped(select(Circle.id).where(Circle.slug == slug), Reason.SET_UP)
        ).scalar()
        if circle_id is None:
            raise NotThere
        query = select(Membership).where(
            Membership.circle_id == circle_id, Membership.user_id == user_id
        )
        present = session.execute(unscoped(query, Reason.SET_UP)).scalar()
        if present is None:
            present = Membership(circle_id=circle_id, user_id=user_id, joined_at=clock.now())
            session.add(present)
        if present.state is not MembershipState.ACTIVE:
            leave_its_space(user_id, circle_id)
            _count_members(circle_id, 1)
        present.role, present.state = role, MembershipState.ACTIVE


def _where(viewer: Viewer, slug: str) -> Place:
    row = db.session.execute(visible.circle_cards(viewer, *CARD).where(Circle.slug == slug)).first()
    if row is None:
        raise NotThere
    return Place(row.id, row.visibility)


def _count_members(circle_id: int, by: int) -> None:
    db.session.execute(
        update(Circle)
        .where(Circle.id == circle_id)
        .values(member_count=Circle.member_count + by)
        .execution_options(synchronize_session=False)
    )
