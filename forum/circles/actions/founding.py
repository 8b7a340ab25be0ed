"""Setting a circle up, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from forum.circles.actions.belonging import count_members, leave_its_space, where
from forum.circles.queries import about
from forum.core import clock, ids, markup
from forum.core.db import transaction
from forum.core.errors import EditedMeanwhile, NotThere
from forum.models.circles import (
    Circle,
    CircleKind,
    Membership,
    MembershipState,
    Role,
    Visibility,
)
from forum.policy.allowed import Act, require
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


def edit(viewer: Viewer, slug: str, words: CircleWords, *, shown: str = "") -> None:
    """Moderators change purpose, rules (Markdown, 5,000 characters) and hue (0 to 23).

    `shown` is the version the writer saw: EditedMeanwhile when another moderator changed it since.
    """
    html = markup.render(words.rules, markup.Format.MARKDOWN).html
    with transaction() as session:
        place, there = where(viewer, slug), about(viewer, slug)
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
            count_members(circle_id, 1)
            present.joined_at, present.words = clock.now(), None
        present.role, present.state = role, MembershipState.ACTIVE


def set_visibility(slug: str, visibility: Visibility) -> None:
    """Staff decide who may see a circle, from the command line. NotThere: no such circle.

    Who is in it stays. Who has asked, or was declined, is forgotten where nobody can ask any more.
    """
    with transaction() as session:
        circle_id = session.execute(
            unscoped(select(Circle.id).where(Circle.slug == slug), Reason.SET_UP)
        ).scalar()
        if circle_id is None:
            raise NotThere
        session.execute(update(Circle).where(Circle.id == circle_id).values(visibility=visibility))
        if visibility is not Visibility.APPROVAL:
            asked = Membership.state.in_([MembershipState.REQUESTED, MembershipState.DECLINED])
            gone = delete(Membership).where(Membership.circle_id == circle_id, asked)
            session.execute(gone.execution_options(synchronize_session=False))
