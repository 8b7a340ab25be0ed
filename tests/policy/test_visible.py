"""Who may see what: each row of the table of scopes, said as a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Select, func, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.models.accounts import User, UserState
from forum.models.circles import Circle, MembershipState, Role, Visibility
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce, Topic
from forum.policy import identity, visible
from forum.policy.viewer import GUEST, Viewer
from tests.support.community import (
    circle,
    close,
    hide,
    join,
    person,
    remove,
    reply,
    report,
    send_away,
    set_membership,
    suspend,
    topic,
    viewer,
)

pytestmark = pytest.mark.usefixtures("app_context")

WhoByCircle = dict[Visibility, set[str]]
Scope = Callable[[Viewer], Select[Any]]

READERS = {
    Visibility.OPEN: {
        *("guest", "outsider", "left", "removed", "asked", "invited", "member", "suspended"),
        *("author", "moderator", "moderator elsewhere", "staff", "stale staff"),
    },
    Visibility.MEMBERS: {
        *("outsider", "left", "removed", "asked", "invited", "member", "suspended"),
        *("author", "moderator", "moderator elsewhere", "staff", "stale staff"),
    },
    Visibility.APPROVAL: {"member", "suspended", "author", "moderator"},
    Visibility.SECRET: {"member", "suspended", "author", "moderator"},
}
KNOWERS = READERS | {
    Visibility.APPROVAL: READERS[Visibility.MEMBERS],
    Visibility.SECRET: READERS[Visibility.SECRET] | {"invited"},
}
MODERATORS = {
    Visibility.OPEN: {"moderator", "staff"},
    Visibility.MEMBERS: {"moderator", "staff"},
    Visibility.APPROVAL: {"moderator"},
    Visibility.SECRET: {"moderator"},
}


@dataclass(frozen=True)
class Scene:
    """A circle of each kind with a topic by its author, and everybody who may look at it."""

    author: User
    moderator: User
    other: User
    lookers: dict[str, Viewer]
    topics: dict[Visibility, str]

    def each(self, act: Callable[[str], str]) -> dict[Visibility, str]:
        """Do something at the topic of each circle; what it made there."""
        return {visibility: act(topic_id) for visibility, topic_id in self.topics.items()}

    def who_finds(
        self, scope: Scope, names: Mapping[Visibility, str]
    ) -> dict[Visibility, set[str]]:
        """For each circle, whose scope holds the row named there."""
        found: dict[Visibility, set[str]] = {visibility: set() for visibility in names}
        for who, looker in self.lookers.items():
            there = set(db.session.execute(scope(looker)).scalars())
            for visibility, name in names.items():
                if name in there:
                    found[visibility].add(who)
        return found


@pytest.fixture
def scene() -> Scene:
    with transaction():
        names = "Outsider Left Removed Asked Invited Member Suspended Author Moderator Elsewhere"
        people = {name: person(name) for name in names.split()}
        staff = person("Staff", staff=True)
        topics = {visibility: _settle(people, visibility) for visibility in Visibility}
        suspend(people["Suspended"])
    lookers = {name.lower(): viewer(user) for name, user in people.items()}
    lookers["moderator elsewhere"] = lookers.pop("elsewhere")
    lookers |= {"staff": viewer(staff, staff_proved=True), "stale staff": viewer(staff)}
    lookers["guest"] = GUEST
    author, moderator, other = (people[name] for name in ("Author", "Moderator", "Member"))
    return Scene(author, moderator, other, lookers, topics)


def _settle(people: dict[str, User], visibility: Visibility) -> str:
    """A circle of this kind with its people; the topic its author opens there."""
    here, elsewhere = circle(visibility.value, visibility), circle(f"not-{visibility}", visibility)
    for name in ("Removed", "Asked", "Invited", "Member", "Suspended", "Author"):
        join(people[name], here)
    join(people["Moderator"], here, Role.MODERATOR)
    join(people["Elsewhere"], elsewhere, Role.MODERATOR)
    send_away(people["Removed"], here)
    set_membership(people["Asked"], here, MembershipState.REQUESTED)
    set_membership(people["Invited"], here, MembershipState.INVITED)
    return topic(people["Author"], here)


def topics(looker: Viewer) -> Select[Any]:
    return visible.topics(looker, Topic.public_id)


def posts(looker: Viewer) -> Select[Any]:
    return visible.posts(looker, Post.public_id)


def and_too(some: set[str], more: Mapping[Visibility, set[str]]) -> dict[Visibility, set[str]]:
    return {visibility: some | names for visibility, names in more.items()}


def test_the_topics_of_a_circle_are_read_by_those_on_the_list(scene):
    assert scene.who_finds(topics, scene.topics) == READERS


def test_the_posts_of_a_circle_are_read_by_those_on_the_list(scene):
    answers = scene.each(lambda topic_id: reply(scene.other, topic_id))
    assert scene.who_finds(posts, answers) == READERS


def test_a_circles_discussions_open_to_those_on_the_list(scene):
    slugs = {visibility: visibility.value for visibility in Visibility}
    assert scene.who_finds(lambda who: visible.circles(who, Circle.slug), slugs) == READERS


def test_a_circles_name_is_known_to_those_on_the_list(scene):
    slugs = {visibility: visibility.value for visibility in Visibility}
    assert scene.who_finds(lambda who: visible.circle_cards(who, Circle.slug), slugs) == KNOWERS


def test_a_circles_members_are_known_to_its_readers_only(scene):
    def members(who: Viewer) -> Select[Any]:
        return visible.members(who, Circle.slug).where(User.id == scene.author.id)

    slugs = {visibility: visibility.value for visibility in Visibility}
    assert scene.who_finds(members, slugs) == READERS


def test_a_hidden_topic_is_seen_by_its_author_and_moderators_only(scene):
    scene.each(hide)
    assert scene.who_finds(topics, scene.topics) == and_too({"author"}, MODERATORS)


def test_the_answers_of_a_hidden_topic_are_hidden_with_it(scene):
    answers = scene.each(lambda topic_id: reply(scene.other, topic_id))
    scene.each(hide)
    assert scene.who_finds(posts, answers) == and_too({"author"}, MODERATORS)


def test_a_hidden_post_is_seen_by_its_author_and_moderators_only(scene):
    """The author of the topic it stands in is nobody special."""
    answers = scene.each(lambda topic_id: reply(scene.other, topic_id))
    assert scene.who_finds(posts, answers) == READERS
    for answer in answers.values():
        hide(answer)
    assert scene.who_finds(posts, answers) == and_too({"member"}, MODERATORS)


def test_a_removed_post_is_seen_by_nobody(scene):
    answers = scene.each(lambda topic_id: reply(scene.author, topic_id))
    for answer in answers.values():
        remove(answer)
    assert scene.who_finds(posts, answers) == {visibility: set() for visibility in Visibility}


def test_a_closed_topic_is_read_like_an_open_one(scene):
    scene.each(close)
    assert scene.who_finds(topics, scene.topics) == READERS


def test_reports_are_read_by_the_circles_moderators_only(scene):
    reports = scene.each(lambda topic_id: report(scene.other, topic_id))
    found = scene.who_finds(lambda who: visible.reports(who, Report.public_id), reports)
    assert found == MODERATORS


def test_a_moderator_does_not_read_reports_about_their_own_post(scene):
    theirs = scene.each(lambda topic_id: report(scene.other, reply(scene.moderator, topic_id)))
    others = scene.each(lambda topic_id: report(scene.other, topic_id))
    found = set(
        db.session.execute(visible.reports(scene.lookers["moderator"], Report.public_id)).scalars()
    )
    assert found == set(others.values())
    assert not found & set(theirs.values())


def test_a_report_of_a_removed_post_is_gone(scene):
    answers = scene.each(lambda topic_id: reply(scene.author, topic_id))
    for answer in answers.values():
        report(scene.other, answer)
    moderator = scene.lookers["moderator"]
    assert len(db.session.execute(visible.reports(moderator)).all()) == len(Visibility)
    for answer in answers.values():
        remove(answer)
    assert db.session.execute(visible.reports(moderator)).all() == []


def audience(scene: Scene, visibility: Visibility) -> set[int]:
    author = scene.lookers["author"]
    its_id = visible.topics(author, Topic.id).where(Topic.public_id == scene.topics[visibility])
    found = db.session.execute(visible.audience(db.session.execute(its_id).scalar_one()))
    return set(found.scalars())


def test_an_audience_is_everybody_with_an_account_who_may_read(scene):
    for visibility, readers in READERS.items():
        accounts = {scene.lookers[name].id for name in readers - {"guest"}}
        assert audience(scene, visibility) == accounts


def test_an_audience_holds_no_deleted_account(scene):
    before = audience(scene, Visibility.SECRET)
    assert scene.other.id in before
    with transaction() as session:
        gone = {"state": UserState.DELETED, "address": None}
        session.execute(update(User).where(User.id == scene.other.id).values(**gone))
    assert audience(scene, Visibility.SECRET) == before - {scene.other.id}


@pytest.fixture
def two() -> SimpleNamespace:
    """Ana and Ben, members of an open circle; Ana has left something of each kind there."""
    with transaction():
        ana, ben, retail = person("Ana"), person("Ben"), circle("retail")
        join(ana, retail)
        join(ben, retail)
        question = topic(ben, retail)
    report(ana, question)
    post = db.session.execute(visible.posts(GUEST, Post.id, Post.topic_id)).one()
    with transaction() as session:
        mine, now = {"user_id": ana.id}, clock.now()
        session.add_all(
            [
                Draft(id=1, public_id="a", place="x", title="", body="", saved_at=now, **mine),
                ReadMark(id=1, topic_id=post.topic_id, read="0", **mine),
                SubmitNonce(id=1, nonce="n", post_id=post.id, used_on=now.date(), **mine),
            ]
        )
    return SimpleNamespace(ana=viewer(ana), ben=viewer(ben), topic=question)


@pytest.mark.parametrize("table", [Draft, ReadMark, SubmitNonce, Report])
def test_a_personal_row_is_found_by_its_owner_only(two, table):
    def found(looker: Viewer) -> int:
        mine = identity.owner(looker, table)
        return db.session.execute(visible.own(mine, table, func.count())).scalar_one()

    assert found(two.ana) == 1
    assert found(two.ben) == 0
    with pytest.raises(TypeError):
        found(GUEST)


def test_a_read_mark_is_joined_for_its_owner_only(two):
    def mark(looker: Viewer) -> str | None:
        query = visible.topics(looker, ReadMark.read)
        query = visible.with_own(query, looker, ReadMark, ReadMark.topic_id == Topic.id)
        return db.session.execute(query).scalar_one()

    assert mark(two.ana) == "0"
    assert mark(two.ben) is None
    assert mark(GUEST) is None


def test_an_opening_post_comes_along_with_its_topic(two):
    assert _opening(two.ben) is not None


def test_a_hidden_opening_post_comes_along_for_nobody(two):
    assert _opening(two.ben) is not None
    with transaction() as session:
        session.execute(update(Post).values(hidden_at=clock.now()))
    assert _opening(two.ben) is None


def test_a_removed_opening_post_comes_along_for_nobody(two):
    assert _opening(two.ben) is not None
    with transaction() as session:
        session.execute(update(Post).values(removed_at=clock.now()))
    assert _opening(two.ben) is None


def _opening(looker: Viewer) -> str | None:
    query = visible.topics(looker, Post.html)
    query = visible.with_opening_post(query, (Post.topic_id == Topic.id) & (Post.seq == 0))
    return db.session.execute(query).scalar_one()


def test_a_query_narrowed_by_another_keeps_the_rules_of_both(two):
    def reached(looker: Viewer) -> int | None:
        theirs = visible.posts(looker, Post.topic_id).where(Post.public_id == two.topic)
        query = visible.narrowed(visible.topics(looker, Topic.id), Topic.id.expression, theirs)
        return db.session.execute(query).scalar()

    assert reached(two.ana) is not None
    hide(two.topic)
    assert reached(two.ana) is None
    assert reached(two.ben) is not None


def test_without_columns_a_scope_gives_the_whole_rows(two):
    assert isinstance(db.session.execute(visible.circles(two.ana)).scalar_one(), Circle)
    assert isinstance(db.session.execute(visible.circle_cards(two.ana)).scalar_one(), Circle)
    assert isinstance(db.session.execute(visible.topics(two.ana)).scalar_one(), Topic)
    assert isinstance(db.session.execute(visible.posts(two.ana)).scalar_one(), Post)
    assert isinstance(
        db.session.execute(visible.own(identity.owner(two.ana, Draft), Draft)).scalar_one(), Draft
    )
