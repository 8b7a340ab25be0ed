"""Statements that are built once and run for many: each still sees only what is theirs."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.exc import StatementError

from forum.core.db import db
from forum.models.circles import Circle, Membership, Role, Visibility
from forum.models.discussions import Post, ReadMark, Report, Topic
from forum.policy import visible
from forum.policy.prepared import Prepared, value, values
from forum.policy.viewer import ANYBODY, GUEST, Viewer
from tests.support.community import (
    circle,
    hide,
    join,
    person,
    reply,
    report,
    suspend,
    topic,
    viewer,
)

pytestmark = pytest.mark.usefixtures("app_context")

SCOPES: dict[str, Callable[[Viewer], Select[Any]]] = {
    "circles": lambda who: visible.circles(who, Circle.id),
    "circle cards": lambda who: visible.circle_cards(who, Circle.id),
    "members": lambda who: visible.members(who, Membership.circle_id, Membership.user_id),
    "topics": lambda who: visible.topics(who, Topic.id),
    "posts": lambda who: visible.posts(who, Post.id),
    "reports": lambda who: visible.reports(who, Report.id),
    "topics with marks": lambda who: visible.with_own(
        visible.topics(who, Topic.id, ReadMark.id), who, ReadMark, ReadMark.topic_id == Topic.id
    ),
}


@pytest.fixture
def everybody() -> list[Viewer]:
    """People of every kind, in a community where every visibility has something hidden."""
    ana, ben, dora, out = (person(name) for name in ("Ana", "Ben", "Dora", "Out"))
    boss = person("Boss", staff=True)
    for kind in Visibility:
        place = circle(kind.value, kind)
        for member in (ana, ben):
            join(member, place)
        join(dora, place, Role.MODERATOR)
        asked = topic(ana, place)
        hide(reply(ben, asked))
        hide(topic(ben, place, "Hidden"))
        report(ana, reply(ben, asked))
    suspend(ben)
    return [
        *(viewer(each) for each in (ana, ben, dora, out, boss)),
        viewer(boss, staff_proved=True),
        GUEST,
    ]


def rows(found: Any) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, found), key=repr)


@pytest.mark.parametrize("scope", SCOPES)
def test_everybody_sees_what_they_see_with_a_statement_of_their_own(
    scope: str, everybody: list[Viewer]
) -> None:
    build = SCOPES[scope]
    shared = Prepared(build)
    for who in (*everybody, *reversed(everybody)):
        assert rows(shared(who).rows()) == rows(db.session.execute(build(who)))


def test_it_is_built_once_for_members_and_once_for_guests(everybody: list[Viewer]) -> None:
    built: list[Viewer] = []

    @Prepared
    def shared(who: Viewer) -> Select[Any]:
        built.append(who)
        return visible.topics(who, Topic.id)

    for who in everybody:
        shared(who)
    assert built == [ANYBODY, GUEST]


def test_each_shape_is_built_by_itself(everybody: list[Viewer]) -> None:
    @Prepared
    def shared(who: Viewer, newest_first: bool) -> Select[Any]:
        order = Topic.id.desc() if newest_first else Topic.id
        return visible.topics(who, Topic.id).order_by(order)

    forth, back = (shared(everybody[0], shape).rows() for shape in (False, True))
    assert forth == back[::-1] != back


def test_values_are_given_when_it_runs(everybody: list[Viewer]) -> None:
    @Prepared
    def shared(who: Viewer) -> Select[Any]:
        query = visible.circles(who, Circle.slug).where(Circle.slug != value("not_this"))
        return query.where(Circle.slug.in_(values("slugs")))

    open_, secret = Visibility.OPEN.value, Visibility.SECRET.value
    found = shared(everybody[0]).rows(not_this=open_, slugs=[open_, secret])
    assert found == [(secret,)]
    assert found[0].slug == secret


def test_without_a_viewer_it_does_not_run() -> None:
    with pytest.raises(StatementError, match="seer_id"):
        db.session.execute(visible.topics(ANYBODY, Topic.id))


def test_nobody_can_pass_as_somebody_else_by_a_value(everybody: list[Viewer]) -> None:
    ana, *_others, guest = everybody
    shared = Prepared(lambda who: visible.topics(who, Topic.id))
    as_ana = {"seer_id": ana.id, "seer_is_staff": True}
    assert rows(shared(guest).rows(**as_ana)) == rows(shared(guest).rows())
    out = everybody[3]
    assert rows(shared(out).rows(**as_ana)) == rows(shared(out).rows())
