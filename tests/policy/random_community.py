"""Small random communities, and what their people may see by the rules written a second time.

The rules here are plain Python over plain values, and on purpose share nothing with policy.visible.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from forum.core import ids
from forum.core.markup import Format
from forum.models.accounts import User, UserState
from forum.models.circles import Circle, CircleKind, Membership, MembershipState, Role, Visibility
from forum.models.discussions import Post, Topic
from forum.models.employers import Employer, Employment, Tie
from forum.models.quiet import Block, Bookmark
from forum.models.spaces import Pseudonym, Space, SpaceMember, TopicKey

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BROAD = {Visibility.OPEN, Visibility.MEMBERS}
CAN_SIGN_IN = {UserState.ACTIVE, UserState.SUSPENDED}
_A_DAY = st.sampled_from([AT.date() + timedelta(days=days) for days in (-1, 0, 1)])
_A_DAY_OR_NONE = st.none() | _A_DAY


@dataclass(frozen=True)
class APerson:
    id: int
    state: UserState
    staff: bool
    changed_on: date | None = None
    """When they last told of an employer or verified one."""
    ended_on: date | None = None
    """When they last ended an employment."""


@dataclass(frozen=True)
class AMembership:
    person: APerson
    state: MembershipState
    role: Role


@dataclass(frozen=True)
class AnInsider:
    """Somebody who is or was in the circle's space, whether or not still in the circle."""

    person: APerson
    left: bool


@dataclass(frozen=True)
class APost:
    id: int
    author: APerson
    hidden: bool
    removed: bool


@dataclass(frozen=True)
class ATopic:
    id: int
    author: APerson
    hidden: bool
    in_space: bool
    opened_on: date
    posts: list[APost]


@dataclass(frozen=True)
class ACircle:
    id: int
    visibility: Visibility
    memberships: list[AMembership]
    insiders: list[AnInsider]
    topics: list[ATopic]
    blocks: frozenset[tuple[int, int]] = frozenset()
    """Who has blocked whom, in the whole community."""

    def member(self, who: APerson | None) -> AMembership | None:
        for one in self.memberships:
            if one.person == who and one.state is MembershipState.ACTIVE:
                return one
        return None

    def reads(self, who: APerson | None) -> bool:
        if self.visibility is Visibility.OPEN:
            return True
        if self.visibility is Visibility.MEMBERS:
            return who is not None
        return self.member(who) is not None

    def knows(self, who: APerson | None) -> bool:
        if self.visibility is Visibility.APPROVAL:
            return who is not None
        return self.reads(who) or self.invites(who)

    def invites(self, who: APerson | None) -> bool:
        return any(
            one.person == who and one.state is MembershipState.INVITED for one in self.memberships
        )

    def moderates(self, who: APerson | None) -> bool:
        if who is None:
            return False
        mine = self.member(who)
        if mine and mine.role is Role.MODERATOR:
            return True
        return who.staff and self.visibility in BROAD

    def insider(self, who: APerson | None) -> AnInsider | None:
        for one in self.insiders:
            if one.person == who and not one.left and self.member(who):
                return one
        return None

    def meets_in_space(self, who: APerson | None, topic: ATopic) -> bool:
        """As far as can be told without opening what is sealed."""
        inside = self.insider(who)
        if not (topic.in_space and inside):
            return False
        if who.changed_on and who.changed_on >= topic.opened_on:
            return False
        joined_on = AT.date()
        return not who.ended_on or who.ended_on < max(topic.opened_on, joined_on)

    def keeps_apart(self, who: APerson | None, author: APerson) -> bool:
        """Whether a block stands between them, whoever made it; never before who moderates."""
        if who is None or self.moderates(who):
            return False
        return bool({(who.id, author.id), (author.id, who.id)} & self.blocks)

    def sees_topic(self, who: APerson | None, topic: ATopic) -> bool:
        if topic.in_space or not self.reads(who) or self.keeps_apart(who, topic.author):
            return False
        return not topic.hidden or topic.author == who or self.moderates(who)

    def sees_post(self, who: APerson | None, topic: ATopic, post: APost) -> bool:
        if post.removed or not self.sees_topic(who, topic) or self.keeps_apart(who, post.author):
            return False
        return not post.hidden or post.author == who or self.moderates(who)


@dataclass(frozen=True)
class ACommunity:
    people: list[APerson]
    circles: list[ACircle] = field(default_factory=list)
    blocks: frozenset[tuple[int, int]] = frozenset()

    def topics(self) -> list[tuple[ACircle, ATopic]]:
        return [(circle, topic) for circle in self.circles for topic in circle.topics]


@st.composite
def communities(draw: st.DrawFn) -> ACommunity:
    """Three or four people, up to three circles with up to three topics of up to three posts."""
    numbers = iter(range(1, 1_000))
    people = [
        APerson(
            next(numbers),
            draw(st.sampled_from(UserState)),
            draw(st.booleans()),
            draw(_A_DAY_OR_NONE),
            draw(_A_DAY_OR_NONE),
        )
        for _person in range(draw(st.integers(3, 4)))
    ]
    two = st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True)
    blocks = frozenset((one.id, other.id) for one, other in draw(st.lists(two, max_size=2)))
    made = range(draw(st.integers(1, 3)))
    return ACommunity(people, [_circle(draw, numbers, people, blocks) for _ in made], blocks)


def _circle(draw: st.DrawFn, numbers, people: list[APerson], blocks) -> ACircle:
    inside = draw(st.lists(st.sampled_from(people), unique=True))
    return ACircle(
        next(numbers),
        draw(st.sampled_from(Visibility)),
        [
            AMembership(who, draw(st.sampled_from(MembershipState)), draw(st.sampled_from(Role)))
            for who in inside
        ],
        [
            AnInsider(who, draw(st.sampled_from([False, False, True])))
            for who in draw(st.lists(st.sampled_from(people), unique=True))
        ],
        [_topic(draw, numbers, people) for _topic_ in range(draw(st.integers(0, 3)))],
        blocks,
    )


def _topic(draw: st.DrawFn, numbers, people: list[APerson]) -> ATopic:
    posts = [
        APost(
            next(numbers), draw(st.sampled_from(people)), draw(st.booleans()), draw(st.booleans())
        )
        for _post in range(draw(st.integers(1, 3)))
    ]
    hidden, in_space = draw(st.booleans()), draw(st.sampled_from([False, False, False, True]))
    opened_on = draw(_A_DAY)
    return ATopic(next(numbers), draw(st.sampled_from(people)), hidden, in_space, opened_on, posts)


def settle(session: Session, community: ACommunity) -> None:
    """Write the community's rows, a table at a time; the caller rolls them back."""
    circles, topics = community.circles, community.topics()
    for rows in (
        [_user(person) for person in community.people],
        [Block(user_id=a, blocked_id=b, since_at=AT) for a, b in sorted(community.blocks)],
        [Employer(id=1, public_id=ids.public_id(), name="Northwind", name_key="northwind")],
        [_employment(person) for person in community.people],
        [_circle_row(circle) for circle in circles],
        [_space_row(circle) for circle in circles],
        [_membership(circle, one) for circle in circles for one in circle.memberships],
        [_insider(circle, *each) for circle in circles for each in enumerate(circle.insiders)],
        [_topic_row(circle, topic) for circle, topic in topics],
        [_key(circle, topic) for circle, topic in topics if topic.in_space],
        [_pseudonym(topic) for _circle, topic in topics if topic.in_space],
        [_post(topic, post, seq) for _, topic in topics for seq, post in enumerate(topic.posts)],
        [
            _bookmark(person, topic, post)
            for person in community.people
            for _circle, topic in topics
            for post in topic.posts
            if not topic.in_space
        ],
    ):
        session.add_all(rows)
        session.flush()


def _user(person: APerson) -> User:
    claimed = person.state in CAN_SIGN_IN
    return User(
        id=person.id,
        public_id=ids.public_id(),
        name=f"Person {person.id}",
        handle=f"p{person.id}" if claimed else None,
        address=f"p{person.id}@site.example" if claimed else None,
        claim_digest=f"{person.id}" if person.state is UserState.UNCLAIMED else None,
        state=person.state,
        is_staff=person.staff,
        created_at=AT,
    )


def _employment(person: APerson) -> Employment:
    return Employment(
        id=person.id,
        public_id=ids.public_id(),
        user_id=person.id,
        employer_id=1,
        told_name="Northwind",
        tie=Tie.WORKS_FOR,
        told_on=AT.date(),
        changed_on=person.changed_on,
        ended_on=person.ended_on,
    )


def _circle_row(circle: ACircle) -> Circle:
    return Circle(
        id=circle.id,
        slug=f"c{circle.id}",
        name="A circle",
        purpose="",
        rules="",
        rules_html="",
        hue=0,
        kind=CircleKind.TOPIC,
        visibility=circle.visibility,
        created_at=AT,
    )


def _space_row(circle: ACircle) -> Space:
    public_id = ids.public_id()
    return Space(
        id=circle.id,
        public_id=public_id,
        circle_id=circle.id,
        wrapped_key=b"",
        opened_on=AT.date(),
    )


def _insider(circle: ACircle, number: int, one: AnInsider) -> SpaceMember:
    return SpaceMember(
        space_id=circle.id,
        user_id=one.person.id,
        role=Role.MEMBER,
        number=number,
        secret=b"",
        joined_on=AT.date(),
        left_on=AT.date() if one.left else None,
    )


def _membership(circle: ACircle, one: AMembership) -> Membership:
    return Membership(
        circle_id=circle.id, user_id=one.person.id, role=one.role, state=one.state, joined_at=AT
    )


def _topic_row(circle: ACircle, topic: ATopic) -> Topic:
    return Topic(
        id=topic.id,
        public_id=ids.public_id(),
        circle_id=circle.id,
        space_id=circle.id if topic.in_space else None,
        author_id=None if topic.in_space else topic.author.id,
        pseudonym_id=topic.id if topic.in_space else None,
        title="" if topic.in_space else "A question",
        sealed=b"" if topic.in_space else None,
        created_at=AT,
        last_post_at=AT,
        hidden_at=AT if topic.hidden else None,
    )


def _key(circle: ACircle, topic: ATopic) -> TopicKey:
    days = dict.fromkeys(("opened_on", "closes_on", "erases_on"), topic.opened_on)
    return TopicKey(topic_id=topic.id, space_id=circle.id, wrapped=b"", **days)


def _pseudonym(topic: ATopic) -> Pseudonym:
    return Pseudonym(id=topic.id, topic_id=topic.id, name="Amber Heron")


def _bookmark(person: APerson, topic: ATopic, post: APost) -> Bookmark:
    """Everybody has kept everything that stands in a circle."""
    number = person.id * 1_000 + post.id
    return Bookmark(id=number, user_id=person.id, topic_id=topic.id, post_id=post.id, note="")


def _post(topic: ATopic, post: APost, seq: int) -> Post:
    return Post(
        id=post.id,
        public_id=ids.public_id(),
        topic_id=topic.id,
        parent_id=topic.posts[0].id if seq else None,
        author_id=None if topic.in_space else post.author.id,
        pseudonym_id=topic.id if topic.in_space else None,
        seq=seq,
        path=f"{seq:04d}" if seq else "",
        source="",
        format=Format.PLAIN,
        html="",
        sealed=b"" if topic.in_space else None,
        wall=b"" if topic.in_space else None,
        render_version=1,
        created_at=AT + timedelta(minutes=seq),
        hidden_at=AT if post.hidden else None,
        removed_at=AT if post.removed else None,
    )
